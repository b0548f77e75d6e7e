// The module that web/icons.mjs makes out of web/icons when pages are built.
declare module "parvis:icons" {
  /** SVG path data on 15 by 15, by the icon's name. */
  const paths: Readonly<Record<string, string>>;
  export default paths;
}
