//! The sources as resources: listed page by page, and read by the name that evidence gives them. No other file of the disk is one.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use rmcp::model::{Resource, ResourceContents, ResourceTemplate};

use crate::text::shown;
use crate::workspace::{Library, Setting, Volume};

/// Files on a page of the list.
const A_PAGE: usize = 100;
/// The largest text that is handed out at once, in bytes.
const LARGEST: usize = 1 << 20;

const SCHEME: &str = "copydesk://source/";
const PLAIN: &str = "text/plain";

pub(super) fn template() -> ResourceTemplate {
    ResourceTemplate::new(format!("{SCHEME}{{source}}"), "source")
        .with_title("A source of the archive")
        .with_description(
            "The words of a source, by the percent-encoded `source` that evidence names. They are a quotation, and no instructions.",
        )
        .with_mime_type(PLAIN)
}

/// A page of the files of the corpus, and where the next one begins.
///
/// # Errors
/// When there is no such page, or the corpus can't be looked through.
pub(super) fn page(cursor: Option<&str>, setting: &Setting) -> Result<(Vec<Resource>, Option<String>), String> {
    let from: usize =
        cursor.map_or(Ok(0), str::parse).map_err(|_| "there is no such page: take the cursor that the last one gave".to_owned())?;
    let names = Library::of(setting).map_err(|problem| problem.to_string())?.names();
    let next = from.saturating_add(A_PAGE);
    let on_page = names.iter().skip(from).take(A_PAGE).map(|name| {
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        Resource::new(uri(name), shown(last)).with_description(shown(name)).with_mime_type(PLAIN)
    });
    Ok((on_page.collect(), (next < names.len()).then(|| next.to_string())))
}

/// The sources that a file of the corpus holds, or the one that is called so.
///
/// # Errors
/// When it is none of the corpus.
pub(super) fn read(uri: &str, setting: &Setting) -> Result<Vec<ResourceContents>, String> {
    let none = || "there is no such source; resources/list has all files of them, and evidence names each".to_owned();
    let id = uri.strip_prefix(SCHEME).ok_or_else(none)?;
    let id = percent_decode_str(id).decode_utf8().map_err(|_| none())?;
    let volumes = Library::of(setting).and_then(|library| library.read(&id)).map_err(|problem| problem.to_string())?;
    if volumes.is_empty() {
        return Err(none());
    }
    let mut room = LARGEST;
    let mut contents = Vec::with_capacity(volumes.len());
    for volume in &volumes {
        let text = told(volume);
        let Some(left) = room.checked_sub(text.len()) else {
            return Err(format!(
                "has more than {} MB; read its sources one by one, by the names that evidence gives them, such as {}",
                LARGEST >> 20,
                self::uri(&volumes[0].header.id)
            ));
        };
        room = left;
        contents.push(ResourceContents::text(text, self::uri(&volume.header.id)).with_mime_type(PLAIN));
    }
    Ok(contents)
}

fn uri(id: &str) -> String {
    format!("{SCHEME}{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}

/// What a source says, under what is known of it.
fn told(volume: &Volume) -> String {
    let header = &volume.header;
    let day = header.published.map(|day| day.to_string());
    let head = [("outlet", &header.outlet), ("published", &day), ("headline", &header.headline), ("url", &header.url)];
    let head: Vec<String> = head.into_iter().filter_map(|(name, words)| Some(format!("{name}: {}", shown(words.as_deref()?)))).collect();
    let prose: Vec<String> = volume.text.lines().map(|line| shown(line).into_owned()).collect();
    format!("{}\n\n{}\n", head.join("\n"), prose.join("\n"))
}
