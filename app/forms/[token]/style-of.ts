import type { brandShades } from '@/lib/domain/contrast';
import type { Html } from './html';

/** The customer's side as the widget has it: the same surfaces, the shop's colour, light and dark. */
export function styleOf({ light, dark }: ReturnType<typeof brandShades>): Html {
  const text = `
:root{color-scheme:light dark;--t1:light-dark(#16181d,#f1f2f4);--t2:light-dark(#474c57,#b6bac4);--t3:light-dark(#646a78,#9096a3);--border:light-dark(#e2e4e9,#2a2d34);--edge:light-dark(#858b99,#6e7483);--panel:light-dark(#fafafb,#0e0f12);--card:light-dark(#fff,#1b1d22);--inset:light-dark(#f6f7f8,#141519);--field:light-dark(#fff,#141519);--ai:light-dark(#5b3bb0,#c9b6ff);--ai-bg:light-dark(#f7f4ff,#231d38);--ai-chip:light-dark(#f1ecff,#291f45);--ai-line:light-dark(#ddd1fa,#40335f);--alert:light-dark(#b4231a,#ff8a80);--alert-bg:light-dark(#fdf0ef,#2f1a19);--brand:light-dark(${light.brand},${dark.brand});--on-brand:light-dark(${light.onBrand},${dark.onBrand});--ink:light-dark(${light.ink},${dark.ink});--tint:light-dark(${light.tint},${dark.tint});--dawn:light-dark(#ffe9cf,#3d2a26)}
*,::before,::after{box-sizing:border-box}
body{margin:0;min-block-size:100dvh;font:400 15px/23px -apple-system,"Segoe UI Variable Text","Segoe UI",Inter,Roboto,"Helvetica Neue",Arial,"Noto Sans Arabic","Noto Sans Hebrew",sans-serif;color:var(--t1);background:radial-gradient(70% 340px at 100% 0,var(--dawn),transparent),radial-gradient(60% 300px at 0 0,var(--tint),transparent),var(--panel);background-repeat:no-repeat;-webkit-font-smoothing:antialiased}
.page{max-inline-size:1040px;margin-inline:auto;padding:20px max(20px,env(safe-area-inset-right)) 48px max(20px,env(safe-area-inset-left))}
h1,h2,p,ol,ul{margin:0;padding:0}
h1{font-size:30px;line-height:38px;font-weight:600;letter-spacing:-.02em;text-wrap:balance;overflow-wrap:anywhere}
h2{display:flex;align-items:center;gap:10px;font-size:16px;line-height:24px;font-weight:600;letter-spacing:-.01em}
svg{flex:none;inline-size:20px;block-size:20px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.vh{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
.top{display:flex;align-items:center;justify-content:space-between;gap:16px;min-block-size:44px}
.shop{font-size:18px;font-weight:600;letter-spacing:-.01em}
.back{display:inline-flex;align-items:center;min-block-size:44px;padding-inline:16px;border-radius:22px;font-weight:500;color:var(--t1);background:var(--card);box-shadow:inset 0 0 0 1px var(--border);text-decoration:none}
.back:hover{box-shadow:inset 0 0 0 1px var(--edge)}
.lead{padding-block:36px 28px}
.lead p{margin-block-start:8px;font-size:16px;line-height:25px;color:var(--t2);max-inline-size:64ch;white-space:pre-line;overflow-wrap:anywhere}
.sides{display:grid;grid-template-columns:minmax(0,1fr) 320px;gap:28px;align-items:start}
aside{display:grid;gap:16px}
.card{border:1px solid var(--border);border-radius:20px;background:var(--card);box-shadow:0 2px 8px light-dark(#16181d0a,transparent)}
.small{padding:20px}
.small h2{font-size:15px;gap:8px}
.small .sub{margin-block-start:10px}
.plain{max-inline-size:520px;margin:10vh auto 0;padding:32px 28px}
.plain h1{font-size:22px;line-height:30px}
.plain p{margin-block-start:10px;color:var(--t2);overflow-wrap:anywhere}
.plain p:last-child{margin-block-start:24px}
section+section:not(.card){border-block-start:1px solid var(--border)}
form>section{padding:24px 28px 28px}
.head{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:4px 12px}
.head p{font-size:14px;line-height:20px;color:var(--t2);font-variant-numeric:tabular-nums}
.head .chip{padding:2px 10px;border-radius:8px;font-size:13px;font-weight:500;color:var(--ai);background:var(--ai-chip)}
.sub{margin-block-start:4px;font-size:13px;line-height:20px;color:var(--t2)}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:20px;margin-block-start:20px;align-items:start}
.field{min-inline-size:0;margin:0;padding:0;border:0}
.wide{grid-column:1/-1}
.field>label,legend{display:block;padding:0;margin-block-end:6px;font-size:14px;line-height:20px;font-weight:500;overflow-wrap:anywhere}
.optional{font-weight:400;color:var(--t3)}
input:not([type=radio]),select,textarea{display:block;inline-size:100%;min-block-size:46px;padding:11px 14px;border:1px solid var(--edge);border-radius:12px;font:inherit;font-size:16px;line-height:24px;color:inherit;background:var(--field)}
input[type=date]{block-size:48px}
input::file-selector-button{margin-inline-end:12px;padding:1px 12px;border:1px solid var(--edge);border-radius:8px;font:inherit;font-size:14px;color:inherit;background:var(--inset)}
textarea{resize:vertical}
.known :is(input:not([type=radio]),select,textarea){border-color:var(--ai-line);background:var(--ai-bg)}
.wrong :is(input:not([type=radio]),select,textarea){border-color:var(--alert);box-shadow:inset 0 0 0 1px var(--alert)}
:is(input,select,textarea,.go,.back,a):focus-visible{outline:2px solid var(--ink);outline-offset:2px}
.options{display:grid;gap:8px}
.option{display:flex;align-items:center;gap:12px;min-block-size:46px;padding:10px 14px;border-radius:12px;box-shadow:inset 0 0 0 1px var(--border);cursor:pointer}
.option:hover{box-shadow:inset 0 0 0 1px var(--edge)}
.option:has(:checked){background:var(--tint);box-shadow:inset 0 0 0 1.5px var(--brand)}
.wrong .option{box-shadow:inset 0 0 0 1px var(--alert)}
input[type=radio]{flex:none;inline-size:18px;block-size:18px;margin:0;accent-color:var(--brand)}
.help{margin-block-start:6px;font-size:13px;line-height:19px;color:var(--t3)}
.fault{margin-block-start:6px;font-size:13px;line-height:19px;font-weight:500;color:var(--alert)}
.faults{margin:20px 20px 0;padding:14px 16px;border-radius:12px;background:var(--alert-bg);box-shadow:inset 0 0 0 1px var(--alert)}
.faults h2{font-size:14px;line-height:20px;color:var(--alert)}
.faults ul{margin-block-start:6px;padding-inline-start:18px;font-size:14px}
.faults a{color:inherit}
footer{display:flex;align-items:center;gap:16px;padding:20px 28px;border-block-start:1px solid var(--border);border-radius:0 0 19px 19px;background:var(--inset);background-clip:padding-box}
footer p{font-size:13px;line-height:19px;color:var(--t2)}
.go{flex:none;display:inline-block;min-block-size:46px;padding:11px 28px;border:0;border-radius:12px;font:inherit;font-weight:600;line-height:24px;text-align:center;text-decoration:none;color:var(--on-brand);background:var(--brand);cursor:pointer}
.go:hover{filter:brightness(1.08)}
progress{display:block;inline-size:100%;block-size:6px;margin-block-start:12px;border:0;border-radius:3px;overflow:hidden;appearance:none;background:light-dark(#ecedf0,#2a2d34)}
progress::-webkit-progress-bar{background:light-dark(#ecedf0,#2a2d34)}
progress::-webkit-progress-value{border-radius:3px;background:var(--brand)}
progress::-moz-progress-bar{border-radius:3px;background:var(--brand)}
ol{display:grid;gap:14px;margin-block-start:14px;list-style:none;counter-reset:step}
ol li{display:grid;grid-template-columns:28px 1fr;column-gap:12px;counter-increment:step}
ol li::before{content:counter(step);grid-row:1/3;display:grid;place-items:center;inline-size:26px;block-size:26px;border-radius:50%;font-size:13px;font-weight:600;color:var(--ink);background:var(--tint)}
ol b{font-weight:600;line-height:22px}
ol span{font-size:14px;line-height:20px;color:var(--t2)}
@media (max-width:860px){.sides{grid-template-columns:minmax(0,1fr)}.lead{padding-block:20px 20px}h1{font-size:26px;line-height:33px}}
@media (max-width:560px){.page{padding-inline:12px}.lead,.top{padding-inline:8px}.fields{grid-template-columns:minmax(0,1fr)}form>section{padding:20px 16px 24px}.faults{margin:16px 12px 0}footer{flex-wrap:wrap;padding:16px;padding-block-end:max(16px,env(safe-area-inset-bottom))}footer .go{inline-size:100%}}
@media (forced-colors:active){.card,.option,.back,.go{border:1px solid}}
`;
  return { text };
}
