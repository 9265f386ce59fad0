//! Arbitrary bytes as the text of a Word document: packed as one, since nothing else gets past the checksums.

#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use copydesk_fuzz::articles::are_told_soundly;
use copydesk_fuzz::comments::are_written_soundly;

fuzz_target!(|bytes: &[u8]| {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("[Content_Types].xml", stored).expect("can be added");
    zip.write_all(b"<Types/>").expect("can be written");
    zip.start_file("word/document.xml", stored).expect("can be added");
    zip.write_all(bytes).expect("can be written");
    let document = zip.finish().expect("can be ended").into_inner();
    are_told_soundly(&document, "a.docx");
    are_written_soundly(&document);
});
