//! What a draft is to be checked against, before any of it is read: what the configuration names, under what a person says.

use std::path::{Component, Path, PathBuf};

use super::Problem;
use super::door::{self, Kind, is_hidden_elsewhere};
use crate::config::{self, Config};
use crate::finding::Severity;
use crate::rules;

/// What the command line or the editor says, above the configuration.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub corpus: Vec<PathBuf>,
    /// Sources where no configuration names any.
    pub usual_corpus: Vec<PathBuf>,
    pub stylebook: Option<PathBuf>,
    /// How loud rules are, whatever the configuration says; none is "off".
    pub levels: Vec<(String, Option<Severity>)>,
}

/// What is named, and where from.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub config: Config,
    /// The configuration's file, and what stands in it.
    pub config_path: Option<PathBuf>,
    pub text: String,
    /// The folders and files of the corpus; none where nobody names one, and the built-in one answers.
    pub corpus: Option<Vec<PathBuf>>,
    /// The addresses of the database that the corpus is in; then there are no folders.
    pub databases: Vec<String>,
    pub stylebook: Option<PathBuf>,
    /// Whether a person names the stylebook, and not the configuration.
    pub names_own_stylebook: bool,
    pub baseline: Option<PathBuf>,
    /// The folder of the archive that is kept of the corpus.
    pub archive: Option<PathBuf>,
}

impl Plan {
    /// What the configuration at `config_path` (or the built-in one) and `overrides` name.
    ///
    /// # Errors
    /// When the configuration is faulty, or names what it may not.
    pub fn of(config_path: Option<PathBuf>, overrides: &Overrides) -> Result<Self, Problem> {
        let text = config_path.as_deref().map_or(Ok(String::new()), |path| door::read_text(path, Kind::Settings))?;
        let mut config = match &config_path {
            Some(path) => Config::parse(&text, &rules::rule_names()).map_err(|fault| Problem::new(path, fault))?,
            None => Config::default(),
        };
        config.outrank(&overrides.levels);
        let folder = config_path.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
        let corpus = match &config.corpus {
            _ if !overrides.corpus.is_empty() => Some(overrides.corpus.clone()),
            None if !overrides.usual_corpus.is_empty() => Some(overrides.usual_corpus.clone()),
            None => None,
            Some(paths) if paths.iter().any(|path| is_database(path)) => Some(Vec::new()),
            Some(paths) => Some(paths.iter().map(|path| admitted(&folder, path)).collect::<Result<_, _>>()?),
        };
        let databases = databases(corpus.as_deref().unwrap_or_default(), config.corpus.as_deref().filter(|_| overrides.corpus.is_empty()))?;
        let corpus = if databases.is_empty() { corpus } else { Some(Vec::new()) };
        let stylebook = match (&overrides.stylebook, &config.stylebook) {
            (Some(own), _) => Some(own.clone()),
            (None, Some(named)) => Some(named_file("stylebook", &folder, named)?),
            (None, None) => None,
        };
        let baseline = config.baseline.as_deref().map(|named| named_file("baseline", &folder, named)).transpose()?;
        // It is kept of what the configuration names, whoever reads that from wherever.
        let is_own = overrides.corpus.is_empty();
        let archive = config.archive.as_deref().filter(|_| is_own).map(|named| admitted(&folder, named)).transpose()?;
        let archive = archive.map(|path| whole(&path));
        let corpus = corpus.map(|corpus| if archive.is_some() { corpus.iter().map(|path| whole(path)).collect() } else { corpus });
        let names_own_stylebook = overrides.stylebook.is_some();
        Ok(Self { config, config_path, text, corpus, databases, stylebook, names_own_stylebook, baseline, archive })
    }
}

/// The configuration file that holds for a draft or folder: the nearest one upwards.
pub fn find_config(from: &Path) -> Option<PathBuf> {
    // A draft named by its name alone has the empty path for its folder.
    let from = if from.as_os_str().is_empty() { Path::new(".") } else { from };
    let from = plain_path(&std::path::absolute(from).ok()?);
    // Something of that name that is no file is told of, not passed over.
    from.ancestors().map(|folder| folder.join(config::FILE_NAME)).find(|path| door::is_taken(path))
}

/// Whether a path is a folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// A draft as seen from the folder of its configuration, with slashes between the parts; one that lies elsewhere whole.
pub fn within(draft: &Path, config_path: Option<&Path>) -> String {
    let draft = whole(draft);
    let config = config_path.map(whole);
    let folder = config.as_deref().and_then(Path::parent);
    let within = folder.and_then(|folder| draft.strip_prefix(folder).ok()).unwrap_or(&draft);
    let parts = within.components().filter_map(|part| if let Component::Normal(name) = part { Some(name.to_string_lossy()) } else { None });
    parts.collect::<Vec<_>>().join("/")
}

/// A path from the root on, without `.` and `..`.
pub(super) fn whole(path: &Path) -> PathBuf {
    // Of no path it is the working folder's.
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    plain_path(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// A path without `.` and `..`, as an editor names the same file.
pub(super) fn plain_path(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}

/// What a configuration names, where it may: a desk's archive lies anywhere, on a shared drive as well, and what a person hides in
/// her own folders is no part of one. She may name that herself.
fn admitted(folder: &Path, named: &str) -> Result<PathBuf, Problem> {
    let path = folder.join(named);
    if is_hidden_elsewhere(&path, folder) {
        return Err(Problem::new(&path, "is hidden and lies outside the folder of copydesk.toml; only your own settings may name it"));
    }
    Ok(path)
}

/// Whether what is named as a corpus is a database.
fn is_database(named: &str) -> bool {
    ["postgres://", "postgresql://"].iter().any(|scheme| named.starts_with(scheme))
}

/// The addresses among what a person names as the corpus, or else what the configuration does.
fn databases(given: &[PathBuf], configured: Option<&[String]>) -> Result<Vec<String>, Problem> {
    let given = || given.iter().map(|path| path.to_string_lossy().into_owned());
    let named: Vec<String> = if given().any(|named| is_database(&named)) {
        given().collect()
    } else {
        configured.filter(|named| named.iter().any(|named| is_database(named))).unwrap_or_default().to_vec()
    };
    if let Some(other) = named.iter().find(|named| !is_database(named)) {
        return Err(Problem::new(Path::new(other), "can't stand beside a database, which is a whole corpus"));
    }
    if cfg!(not(feature = "postgres")) && !named.is_empty() {
        return Err(Problem::new(
            Path::new("corpus"),
            "is in a database, which this copydesk knows nothing of (it was built without `postgres`)",
        ));
    }
    Ok(named)
}

fn named_file(what: &str, folder: &Path, named: &str) -> Result<PathBuf, Problem> {
    let path = plain_path(&admitted(folder, named)?);
    // Whatever else there is on a machine is nobody's stylebook, nor a baseline.
    if path.extension().is_none_or(|ending| ending != "toml") {
        return Err(Problem::new(&path, format!("is no {what}: its name has to end in .toml")));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_seen_from_the_folder_of_its_configuration() {
        let within = |draft: &str, config: &str| within(Path::new(draft), Some(Path::new(config)));
        assert_eq!(within("/desk/wire/a.md", "/desk/copydesk.toml"), "wire/a.md");
        assert_eq!(within("/desk/b/../wire/./a.md", "/desk/b/../copydesk.toml"), "wire/a.md");
        assert_eq!(within("/elsewhere/a.md", "/desk/copydesk.toml"), "elsewhere/a.md");
        assert_eq!(within("wire/a.md", "copydesk.toml"), "wire/a.md");
    }
}
