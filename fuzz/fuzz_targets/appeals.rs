#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| baifang_fuzz::appeals(bytes));
