//! JSON, indented, with a newline at the end.

use serde::Serialize;

pub fn render(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("numbers, texts and lists only");
    bytes.push(b'\n');
    bytes
}
