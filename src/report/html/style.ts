import { DRAWING_STYLE } from "./style-drawing.js";
import { PALETTE } from "./style-palette.js";

/** System fonts, one column of text with the contents beside it where there is room; A4 in print. */
export const STYLE = `${PALETTE}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:0.9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:2px}
main:focus{outline:none}
code,pre{font-family:ui-monospace,"SF Mono",Consolas,"Liberation Mono",monospace;font-size:.86em}
h1,h2,h3,h4,h5{line-height:1.25;margin:0;font-weight:650;text-wrap:balance}
h1{font-size:clamp(1.45rem,1.1rem + 1.6vw,2.1rem);letter-spacing:-.015em}
h2{font-size:1.3rem;letter-spacing:-.01em;padding-top:.6rem;border-top:2px solid var(--ink);margin-bottom:.7rem}
h3{font-size:1.06rem;margin:0 0 .35rem}
h4{font-size:.95rem;margin:.2rem 0 .5rem}
h5{font-size:.82rem;margin:.4rem 0;color:var(--soft)}
p{margin:.35rem 0 .7rem;max-width:46rem}
.soft{color:var(--soft)}
.small{font-size:.84rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-99rem;top:0;background:var(--page);padding:.6rem 1rem;z-index:2}
.skip:focus{left:.5rem}
.masthead,.layout,footer{max-width:82rem;margin:0 auto;padding:0 clamp(.9rem,3vw,2rem)}
.masthead{padding-top:1.6rem;padding-bottom:1rem}
.kind{font-size:.82rem;color:var(--soft);margin:0 0 .3rem}
nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 1rem}
nav a{display:inline-block;padding:.2rem 0;text-decoration:none}
nav a:hover{text-decoration:underline}
main>section{margin:0 0 2.4rem}
main section:target,article:target,tr:target{scroll-margin-top:1rem}
tr:target,article:target,details:target>summary{outline:2px solid var(--focus)}
@media (min-width:66rem){
.layout{display:grid;grid-template-columns:10.5rem minmax(0,1fr);gap:2.5rem}
nav{position:sticky;top:1rem;align-self:start;font-size:.88rem}
nav ul{display:block}
}
.banner{border:2px solid var(--v-fail);background:var(--b-fail);padding:.7rem .9rem;max-width:none}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:1rem;margin-bottom:1.4rem}
.edge{border:1px solid var(--line);border-left:5px solid var(--v)}
.card{background:var(--b);padding:.8rem 1.1rem .5rem}
.statement{font-size:1.55rem;font-weight:700;line-height:1.2;color:var(--v);margin:0 0 .3rem;letter-spacing:-.01em}
.sentence{font-size:1.02rem;font-weight:600;margin-top:0}
.beside{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1rem 2.4rem}
.bar{display:block;width:100%;height:.6rem;margin:.2rem 0 .5rem}
.badge{display:inline-block;white-space:nowrap;color:var(--v);background:var(--b);border:1px solid var(--v);border-radius:3px;padding:0 .42em;font-weight:650;font-size:.82rem;line-height:1.45}
table{border-collapse:collapse;width:100%;font-size:.88rem;margin:.2rem 0 .9rem}
caption{text-align:left;color:var(--soft);font-size:.84rem;padding:.2rem 0}
th,td{overflow-wrap:break-word;text-align:left;vertical-align:top;padding:.34rem .7rem .34rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{border-bottom:1.5px solid var(--soft);font-weight:650;white-space:nowrap}
tbody th{font-weight:600;white-space:nowrap}
th.plain{font-weight:400;white-space:normal}
tbody p{margin:.25rem 0}
.number{text-align:right;font-variant-numeric:tabular-nums}
.counts{max-width:26rem}
.zero td{color:var(--soft)}
.wide{min-width:15rem}
.break{min-width:9rem}
.scroll{overflow-x:auto;max-width:100%;position:relative}
ul.inline,ol.inline{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem .8rem;margin:0;padding:0}
#requirements ul.inline a{display:inline-block;min-width:1.5rem;text-align:center}
.group{border-top:1px solid var(--line);padding:1rem 0 .6rem}
.where{font-size:.86rem;max-width:none}
.seat:not(:last-child)::after{content:" · ";color:var(--soft)}
.finding{padding:.6rem .9rem .5rem;margin:.7rem 0}
.id{font-weight:400;font-size:.84rem}
.triple{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:.3rem .8rem;margin:.2rem 0 .7rem;max-width:58rem}
.triple dt{color:var(--soft);font-size:.86rem}
.triple dd{margin:0}
.actual{font-weight:600}
@media (max-width:34rem){.triple{grid-template-columns:minmax(0,1fr);gap:0}.triple dd{margin-bottom:.45rem}}
details{margin:.3rem 0}
summary{cursor:pointer;padding:.22rem 0}
summary:hover{background:var(--panel)}
details>:not(summary){margin-left:1.05rem}
pre{background:var(--panel);border:1px solid var(--line);padding:.5rem .7rem;margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
pre.head{color:var(--soft)}
pre.command{user-select:all}
pre.command+button{font:inherit;font-size:.84rem;color:var(--ink);background:var(--page);border:1px solid var(--soft);border-radius:3px;padding:.1rem .7rem;cursor:pointer;margin:0 0 .6rem}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:.2rem 1.2rem}
.sides>div{min-width:0}
.note{border-left:3px solid var(--v-warn);padding-left:.7rem;font-size:.88rem}
#filter{margin:0 0 .6rem;font-size:.9rem}
#filter select,#filter input{font:inherit;color:inherit;background:var(--page);border:1px solid var(--soft);border-radius:3px;padding:.15rem .4rem;margin-right:.8rem;max-width:100%}
.scenario{border-bottom:1px solid var(--line);margin:0}
.instance{font-size:.86rem}
[hidden]{display:none!important}
.glossary{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:.5rem 2rem;margin:0}
.glossary dt{font-weight:650}
.glossary dd{margin:.1rem 0 0;font-size:.9rem}
footer{border-top:1px solid var(--line);padding-top:.6rem;padding-bottom:2rem;font-size:.86rem;color:var(--soft)}
${DRAWING_STYLE}
@page{size:A4;margin:15mm}
@media print{
html{font-size:10.5pt}
nav,.skip,#filter,pre.command+button{display:none!important}
.masthead,.layout,footer{padding-left:0;padding-right:0;max-width:none}
h2,h3,h4,summary{break-after:avoid}
tr,.card,pre.command,.finding .triple{break-inside:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
.drawing{max-width:100%;height:auto}
#findings details::details-content{content-visibility:visible;display:block;height:auto}
a{color:inherit}
}
`;
