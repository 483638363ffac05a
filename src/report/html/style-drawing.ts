/** The drawings of histories and of sequences, and the bar of proportions. */
export const DRAWING_STYLE = `
.bar rect{fill:var(--v)}
.drawing{display:block;font-family:inherit}
.drawing text{fill:var(--ink);font-size:11.5px;stroke:var(--page);stroke-width:4px;stroke-linejoin:round;paint-order:stroke}
.drawing .seat-name,.drawing .seat-server{stroke:none}
.drawing .lifeline{stroke:var(--soft);stroke-width:1;stroke-dasharray:1 3}
.drawing .seat-box{fill:var(--panel);stroke:var(--soft)}
.drawing .seat-name{font-weight:650;font-size:12.5px}
.drawing .seat-server,.drawing .time,.drawing .gap{fill:var(--soft)}
.drawing .time{font-size:10.5px;font-variant-numeric:tabular-nums}
.drawing .arrow path{fill:none;stroke:var(--ink);stroke-width:1.3}
.drawing .tip{fill:var(--ink)}
.drawing .refused path{stroke-dasharray:7 3}
.drawing .lost path{stroke-dasharray:2 3}
.drawing .cited path{stroke-width:2.4}
.drawing .cited .label,.drawing .refused .result,.drawing .lost .result{font-weight:650}
.history{margin:.6rem 0 1rem;padding:.7rem .9rem;border:1px solid var(--line);background:var(--panel)}
.history figcaption{margin-bottom:.6rem}
.history .side-by-side{display:flex;flex-wrap:wrap;gap:1rem 2rem}
.history .side-by-side>div{min-width:0;max-width:100%}
.history .answers{flex:1 1 23rem}
.history-drawing{display:block;font-family:inherit}
.history-drawing text{fill:var(--ink);font-size:12px}
.history-drawing .name{fill:var(--soft);font-size:11.5px}
.history-drawing .words{font-weight:650}
.history-drawing .event rect{fill:var(--page);stroke:var(--ink);stroke-width:1.2}
.history-drawing .event .stateful{fill:var(--ink)}
.history-drawing .earlier rect{fill:none;stroke:var(--soft);stroke-dasharray:2 4}
.history-drawing .earlier text{fill:var(--soft)}
.history-drawing .rejected rect,.history-drawing .invalid rect{stroke:var(--v-fail);stroke-width:2;stroke-dasharray:7 4}
.history-drawing .soft-failed rect,.history-drawing .unsent rect,.history-drawing .untold rect{stroke:var(--v-warn);stroke-width:2;stroke-dasharray:2 4}
.history-drawing .fate{font-weight:650;font-size:11.5px;fill:var(--v-warn)}
.history-drawing .rejected .fate,.history-drawing .invalid .fate{fill:var(--v-fail)}
.history-drawing .rejected .stateful,.history-drawing .invalid .stateful{fill:var(--v-fail)}
.history-drawing .overruled rect{stroke-dasharray:1 3;stroke-width:2}
.history-drawing .line{fill:none;stroke:var(--soft);stroke-width:1.4}
.history-drawing .through{stroke-dasharray:4 4}
.history-drawing .tip{fill:var(--soft)}
.entries{table-layout:fixed}
.entries caption{color:var(--ink)}
.lead{font-weight:650;margin:.2rem 0}
.entries .wrong th,.entries .wrong td{background:var(--b-fail)}
.entries .wrong strong{color:var(--v-fail)}
.entries th,.entries td{padding-left:.4rem}
.decisions{padding-left:1.3rem;margin:.2rem 0 .6rem;font-size:.9rem}
.decisions li{margin:.2rem 0}
.arrows{font-size:.88rem;margin-top:.2rem}
`;
