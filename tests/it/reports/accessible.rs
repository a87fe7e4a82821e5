//! Every kind of page as WCAG 2 AA asks for it, as axe-core sees it in Chromium; light and dark, wide and narrow.
//!
//! axe-core is not part of the project: `.ci/run` fetches it and names it in `BAIFANG_AXE`.

use super::city;
use crate::harness::trials::Outcome;
use crate::harness::{Site, read, root, tools};
use std::path::Path;

const TAGS: &str = r#"["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]"#;

/// What axe-core finds on a page all parts of which are unfolded, of many alike the first ones.
fn violations(
    page: &Path,
    axe: &str,
    is_dark: bool,
    width: u32,
) -> Result<Vec<String>, crate::harness::trials::Missing> {
    let text = String::from_utf8(read(page)).expect("UTF-8");
    // The page's own policy lets no other script in; what is asked of the system is answered for it.
    let policy = text.lines().find(|line| line.contains("Content-Security-Policy")).expect("a policy").to_owned();
    let text = text.replace(&policy, "");
    let text = match is_dark {
        true => text.replace("prefers-color-scheme: dark", "min-width: 0").replace("light dark", "dark"),
        false => text,
    };
    let ask = format!(
        "<pre id=axe hidden></pre><script>{axe}</script><script>
        for (const part of document.querySelectorAll('details:not(#managers > details:nth-of-type(n+4))')) part.open = true;
        setTimeout(() => axe.run(document, {{ runOnly: {TAGS} }}).then(found => {{
          const told = found.violations.flatMap(one => one.nodes.map(node => one.id + ' ' + node.target));
          document.getElementById('axe').textContent = JSON.stringify(told);
        }}), 500);</script></body>"
    );
    let copy = page.with_extension("axe.html");
    std::fs::write(&copy, text.replace("</body>", &ask)).expect("a copy");
    let size = format!("--window-size={width},900");
    let browsed = tools::browse(&copy, "", &["--dump-dom", &size, "--virtual-time-budget=60000"])?;
    let found = browsed.dom.split_once("<pre id=\"axe\" hidden=\"\">").expect("the list").1;
    let found = found.split_once("</pre>").expect("its end").0;
    Ok(serde_json::from_str(found).unwrap_or_else(|error| panic!("{error}: {found}")))
}

#[test]
fn no_page_breaks_a_rule_of_wcag() -> Outcome {
    let axe = String::from_utf8(read(&tools::axe()?)).expect("UTF-8");
    let site = Site::bare();
    let data = root().join("data-samples/clean");
    let run = |line: &str| {
        let ran = site.run(&format!("{line} --lang zh"));
        assert_ne!(ran.code, 2, "{line}: {}", ran.err);
    };
    let data = data.display();
    run(&format!("month --data {data} --dir m --month 2026-09"));
    run(&format!("day M005 2026-09-03 --data {data} -o day.html"));
    run(&format!("outlook --data {data} --month 2026-10 -o outlook.html"));
    run(&format!("sheet --data {data} --date 2026-09-30 -o sheet.html"));
    city::report(&site, "city.html")?;
    let own =
        std::fs::read_dir(site.path("m/2026-09/managers")).expect("managers").next().expect("one").expect("a file");
    let mut pages: Vec<_> =
        ["index", "report", "ranking"].map(|name| site.path(&format!("m/2026-09/{name}.html"))).to_vec();
    pages.extend(["day.html", "outlook.html", "sheet.html", "city.html"].map(|name| site.path(name)));
    pages.push(own.path());
    for page in &pages {
        for (is_dark, width) in [(false, 1280), (true, 1280), (false, 500)] {
            let found = violations(page, &axe, is_dark, width)?;
            assert!(found.is_empty(), "{} dark {is_dark}, {width}: {found:#?}", page.display());
        }
    }
    Ok(())
}
