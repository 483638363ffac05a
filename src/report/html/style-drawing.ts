/** The sequence drawing and the bar of proportions. */
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
.arrows{font-size:.88rem;margin-top:.2rem}
`;
