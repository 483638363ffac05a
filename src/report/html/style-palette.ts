import { VERDICTS } from "../../evidence/verdict.js";

/** Ink and ground of each verdict; each pair has a contrast of at least 4.5 to 1, on its own ground and on the page. */
type Inks = Readonly<Record<(typeof VERDICTS)[number], readonly [ink: string, ground: string]>>;

const LIGHT: Inks = {
  pass: ["#17643a", "#eef7f1"],
  fail: ["#a3141f", "#fdf0f0"],
  warn: ["#7a4d00", "#fdf5e3"],
  inconclusive: ["#5b3a99", "#f4f0fb"],
  "not-applicable": ["#4d545b", "#f1f2f4"],
  "not-run": ["#4d545b", "#f1f2f4"],
  review: ["#0b5a7a", "#ebf5fa"],
  error: ["#8a1560", "#fceff7"],
};

const DARK: Inks = {
  pass: ["#7ed4a0", "#15271c"],
  fail: ["#ff9d9d", "#331a1c"],
  warn: ["#f0c46a", "#2d2412"],
  inconclusive: ["#c9b3f7", "#251f38"],
  "not-applicable": ["#b9c1c9", "#22272b"],
  "not-run": ["#b9c1c9", "#22272b"],
  review: ["#86cdea", "#142a34"],
  error: ["#f5a3d1", "#321a2b"],
};

/** The palettes by their name, for the check of contrast. */
export const PALETTES = {
  light: { page: "#ffffff", ink: "#1b1f23", soft: "#565e66", link: "#0b57a4", panel: "#f5f6f7", inks: LIGHT },
  dark: { page: "#14171a", ink: "#e4e7ea", soft: "#a4adb6", link: "#86bcf6", panel: "#1c2024", inks: DARK },
} as const;

function variables({ page, ink, soft, link, panel, inks }: (typeof PALETTES)["light" | "dark"], line: string): string {
  const verdicts = VERDICTS.map((verdict) => `--v-${verdict}:${inks[verdict][0]};--b-${verdict}:${inks[verdict][1]}`);
  return `:root{--page:${page};--ink:${ink};--soft:${soft};--link:${link};--panel:${panel};--line:${line};--focus:${link};${verdicts.join(";")}}`;
}

/** Dark only on screens: paper is white. */
export const PALETTE = [
  variables(PALETTES.light, "#d6dade"),
  `@media screen and (prefers-color-scheme:dark){${variables(PALETTES.dark, "#343b42")}}`,
  ...VERDICTS.map((verdict) => `.v-${verdict}{--v:var(--v-${verdict});--b:var(--b-${verdict})}`),
].join("\n");
