/** The one style of the pages, inside of them: nothing else is loaded. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: oklch(97.5% 0.004 250); --surface: oklch(100% 0 0); --sunken: oklch(96% 0.005 250);
  --ink: oklch(24% 0.02 255); --ink-soft: oklch(46% 0.02 255); --line: oklch(89% 0.008 250);
  --control: oklch(62% 0.015 250); --accent: oklch(50% 0.17 262); --accent-deep: oklch(44% 0.17 262); --on-accent: oklch(100% 0 0);
  --lost: oklch(48% 0.18 27); --lost-soft: oklch(96% 0.02 27);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: oklch(18% 0.01 255); --surface: oklch(22.5% 0.012 255); --sunken: oklch(27% 0.014 255);
    --ink: oklch(95% 0.005 250); --ink-soft: oklch(76% 0.012 250); --line: oklch(33% 0.015 255);
    --control: oklch(58% 0.015 250); --accent: oklch(76% 0.12 262); --accent-deep: oklch(82% 0.1 262); --on-accent: oklch(20% 0.03 262);
    --lost: oklch(80% 0.11 27); --lost-soft: oklch(29% 0.05 27);
  }
}
* { box-sizing: border-box }
html { font: 15px/1.45 Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; background: var(--paper); color: var(--ink) }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; place-items: center; padding: 24px 16px }
main { width: 100%; max-width: 440px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 32px; overflow-wrap: anywhere }
header { display: flex; align-items: center; gap: 8px; margin-bottom: 24px; color: var(--ink-soft); font-size: 13px; font-weight: 500 }
header svg { width: 20px; height: 20px; flex: none }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.2; font-weight: 600; letter-spacing: -0.015em; text-wrap: balance }
p { margin: 0 0 16px; color: var(--ink-soft) }
p strong, dd, li { color: var(--ink) }
strong { font-weight: 600 }
h2, legend { margin: 0 0 8px; padding: 0; font-size: 13px; font-weight: 600 }
form { margin: 24px 0 0 }
ul { margin: 0 0 24px; padding: 12px 16px; background: var(--sunken); border-radius: 6px; list-style: none; font-size: 13px }
li { position: relative; padding: 4px 0 4px 24px }
li svg { position: absolute; left: 0; top: 6px; width: 16px; height: 16px; color: var(--accent) }
label.field { display: block; margin-bottom: 16px; font-size: 13px; font-weight: 600 }
input[type=email], input[type=password], select { display: block; width: 100%; min-height: 40px; margin-top: 4px; padding: 8px 12px; font: inherit; font-size: 16px; font-weight: 400; color: var(--ink); background: var(--surface); border: 1px solid var(--control); border-radius: 6px }
fieldset { min-width: 0; margin: 0 0 8px; padding: 0; border: 0 }
label.choice { display: flex; gap: 12px; align-items: flex-start; padding: 10px 12px; margin-bottom: 8px; border: 1px solid var(--line); border-radius: 6px; cursor: pointer }
label.choice:hover { border-color: var(--control) }
label.choice:has(:checked) { border-color: var(--accent) }
label.choice input { margin: 4px 0 0; accent-color: var(--accent) }
label.choice span { flex: 1 }
small { display: block; font-size: 12px; color: var(--ink-soft) }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 24px }
button { flex: 1 1 120px; min-height: 40px; padding: 8px 16px; font: inherit; font-weight: 500; color: var(--ink); background: var(--surface); border: 1px solid var(--control); border-radius: 6px; cursor: pointer }
button:hover { background: var(--sunken) }
button.primary { order: 2; color: var(--on-accent); background: var(--accent); border-color: var(--accent) }
button.primary:hover { background: var(--accent-deep); border-color: var(--accent-deep) }
button.quiet { display: block; margin-top: 16px; min-height: 0; padding: 0; border: 0; background: none; color: var(--accent); font-size: 13px; text-decoration: underline }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
[role=alert] { margin: 16px 0 0; padding: 12px 16px; color: var(--lost); background: var(--lost-soft); border-radius: 6px; font-size: 13px; font-weight: 500 }
footer { margin-top: 24px; padding-top: 16px; border-top: 1px solid var(--line); font-size: 12px; color: var(--ink-soft) }
@media (max-width: 479px) { body { padding: 0; place-items: start stretch } main { border: 0; border-radius: 0; min-height: 100vh; min-height: 100dvh; padding: 24px 16px } }
`
