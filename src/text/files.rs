//! What the system says of a file that cannot be read, in words.

use crate::lang::{Words, say, words};
use crate::trouble::Trouble;
use std::path::Path;

/// A file or folder that the system will not let us read.
pub fn unreadable(path: &str, error: &std::io::Error) -> Trouble {
    use std::io::ErrorKind;
    // Windows says of a folder that is opened as a file that it is not permitted.
    let is_folder = cfg!(windows) && error.kind() == ErrorKind::PermissionDenied && Path::new(path).is_dir();
    let of_folder = std::io::Error::from(ErrorKind::IsADirectory);
    let error = if is_folder { &of_folder } else { error };
    let remedy = match error.kind() {
        ErrorKind::NotFound => words("检查路径和文件名", "check the path and the name"),
        ErrorKind::PermissionDenied => words(
            "取得读取权限；若文件正被别的程序打开，先关闭它",
            "get the right to read it; if another program has it open, close that first",
        ),
        ErrorKind::IsADirectory => {
            words("文件夹用 --data 给出；这里要文件名", "a folder goes with --data; here the name of a file is needed")
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => words("给出文件夹", "give a folder"),
        _ => words("把文件复制到本机再试", "copy it to this machine and try again"),
    };
    Trouble::new(words("无法读取：", "cannot be read: ").then(&why(error))).file(path).remedy(remedy)
}

/// A file that turns out to be more than may be read (`[input] max_unpacked_mb`).
pub fn too_much(path: &str, most: u64) -> Trouble {
    let most = most >> 20;
    Trouble::new(say(
        format!("内容超过 {most} MB，不再读下去"),
        format!("there is more in it than {most} MB, and it is not read on"),
    ))
    .file(path)
    .remedy(words(
        "重新导出；数据确实这样多时，调高 [input] max_unpacked_mb",
        "export it again; if there is so much of it, raise [input] max_unpacked_mb",
    ))
}

/// What the system says, in both languages where it is common.
pub fn why(error: &std::io::Error) -> Words {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => words("文件不存在", "there is no such file"),
        ErrorKind::PermissionDenied => words("没有权限", "it is not permitted"),
        ErrorKind::IsADirectory => words("这是一个文件夹，不是文件", "it is a folder, not a file"),
        ErrorKind::NotADirectory => words("这不是一个文件夹", "it is not a folder"),
        ErrorKind::AlreadyExists => words("这是一个文件，不是文件夹", "it is a file, not a folder"),
        ErrorKind::ReadOnlyFilesystem => words("此处只读", "the place is read-only"),
        ErrorKind::QuotaExceeded => words("磁盘配额已满", "the disk quota is used up"),
        ErrorKind::StorageFull => words("磁盘已满", "the disk is full"),
        _ => Words::same(error),
    }
}
