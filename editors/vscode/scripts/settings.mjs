// The settings that follow from the program: how loud each rule may be, and what `corpus` is. They come from
// schemas/copydesk.schema.json, which the program's own tests hold to its rules and keys.

/** The manifest with the settings as they follow from the schema. */
export function withSettings(manifest, schema) {
  const { rules, corpus } = schema.properties;
  const settings = manifest.contributes.configuration.properties;
  settings["copydesk.corpus"].markdownDescription =
    "Folders and files of sources for drafts whose `copydesk.toml` names none, or that have none. Relative paths count from the first workspace folder. In `copydesk.toml`: " +
    corpus.description;
  settings["copydesk.rules"].markdownDescription =
    "How loud a rule is for you, whatever `copydesk.toml` says: off, hint, info, warning or error. What holds for the desk belongs into `copydesk.toml`.";
  settings["copydesk.rules"].properties = Object.fromEntries(
    Object.entries(rules.properties).map(([name, rule]) => [name, { type: "string", enum: rule.enum, markdownDescription: `${rule.description} Otherwise: ${rule.default}.` }]),
  );
  return manifest;
}
