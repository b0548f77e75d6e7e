import js from "@eslint/js";
import ts from "typescript-eslint";

const rules = {
  eqeqeq: "error",
  "no-console": "error",
  "prefer-const": ["error", { ignoreReadBeforeAssign: true }],
  "no-restricted-properties": [
    "error",
    { property: "innerHTML", message: "Build nodes: texts of residents must never be read as HTML." },
    { property: "outerHTML", message: "Build nodes: texts of residents must never be read as HTML." },
  ],
};

export default ts.config(
  { ignores: ["**/node_modules/", "**/dist/", "target/", "**/eslint.config.mjs"] },
  js.configs.recommended,
  {
    files: ["web/**/*.ts"],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...rules,
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-floating-promises": [
        "error",
        // The test runner waits for its tests by itself.
        { allowForKnownSafeCalls: [{ from: "package", name: ["test", "it"], package: "node:test" }] },
      ],
    },
  },
  {
    files: ["**/*.mjs"],
    rules: { ...rules, "no-console": "off" },
    languageOptions: {
      globals: Object.fromEntries(
        ["process", "console", "fetch", "Buffer", "URL", "URLSearchParams", "setTimeout", "clearTimeout"]
          // What browser journeys hand over to the page.
          .concat(["document", "window", "location", "localStorage", "Event", "FormData", "Blob"])
          .map((name) => [name, "readonly"]),
      ),
    },
  },
);
