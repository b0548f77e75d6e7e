declare module "parvis:modules" {
  /** What each module starts on a page (build.mjs finds them). */
  export const starts: (() => void)[];
}
