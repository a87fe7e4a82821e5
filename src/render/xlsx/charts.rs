//! Native charts. Their numbers stand in columns far to the right of the tables, outside what is printed.

use super::cells::head;
use crate::document::Align;
use crate::document::chart::{Chart, Mark, Plot, Point};
use crate::quote::{quote, tame};
use rust_xlsxwriter::{
    Chart as Drawn, ChartDataLabel, ChartFont, ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartSolidFill,
    ChartType, Color, Format, Worksheet, XlsxError,
};

/// In percent, where charts have a sheet of their own; a page then holds so many pixels from above down.
pub(super) const SCALE: u16 = 80;
const PAGE: u32 = 800;
/// The first column of the charts' numbers.
const COLUMN: u16 = 40;
/// In pixels; a row is 20 high where nothing else is said.
const SIZE: (u32, u32) = (460, 240);
const GAP: u32 = 10;
const ROW: u32 = 20;
/// More bars than this lie, so that their names can be read.
const MOST_COLUMNS: usize = 8;
const PERCENT: &str = "0.0%";
const BLUE: Color = Color::RGB(0x3C_6E_9F);
const RED: Color = Color::RGB(0xB5_3A_2E);

/// Where on which sheet charts go.
pub(super) struct Place<'p> {
    pub page: &'p mut Worksheet,
    pub name: &'p str,
    /// The row of the charts' upper edge.
    pub row: u32,
    /// The first free row of the charts' numbers.
    pub numbers: &'p mut u32,
}

/// What charts cover: how many rows, and before which of them a page must break so that each stays whole.
pub(super) struct Covered {
    pub rows: u32,
    pub breaks: Vec<u32>,
}

/// Inserts charts, two beside one another; those that have no native form are left out.
pub(super) fn insert(place: &mut Place, charts: &[Chart]) -> Result<Covered, XlsxError> {
    let drawn = charts.iter().filter_map(|chart| match &chart.plot {
        Plot::Bars { bars, limit } => Some((chart, bars, limit.as_ref(), bars.len() <= MOST_COLUMNS)),
        Plot::Line { points, limit } => Some((chart, points, limit.as_ref(), true)),
        Plot::Days(_) | Plot::Timeline(_) | Plot::Way(_) => None,
    });
    let (mut left, mut down, mut line) = (0, 0, 0);
    let (mut page, mut breaks) = (0, vec![]);
    for (chart, points, limit, upright) in drawn {
        let is_line = matches!(chart.plot, Plot::Line { .. });
        let height = if upright { SIZE.1 } else { (points.len() as u32 * 18 + 70).max(SIZE.1) };
        let width = if upright { SIZE.0 } else { SIZE.0 * 2 + GAP };
        if left + width > SIZE.0 * 2 + GAP {
            (left, down, line) = (0, (down + line + GAP).next_multiple_of(ROW), 0);
        }
        if down > page && down + height > page + PAGE {
            page = down;
            breaks.push(place.row + down / ROW);
        }
        let numbers = write_numbers(place, chart, points, limit)?;
        let kind = match (is_line, upright) {
            (true, _) => ChartType::Line,
            (false, true) => ChartType::Column,
            (false, false) => ChartType::Bar,
        };
        let mut native = draw(chart, kind, place.name, &numbers);
        native.set_width(width).set_height(height);
        place.page.insert_chart_with_offset(place.row, 0, &native, left, down)?;
        (left, line) = (left + width + GAP, line.max(height));
    }
    Ok(Covered { rows: (down + line).div_ceil(ROW) + u32::from(line > 0), breaks })
}

/// Where a chart's numbers stand.
struct Numbers {
    first: u32,
    last: u32,
    limited: bool,
    /// Whether they are shares that come near the whole.
    fills: bool,
    format: &'static str,
}

fn write_numbers(
    place: &mut Place,
    chart: &Chart,
    points: &[Point],
    limit: Option<&Mark>,
) -> Result<Numbers, XlsxError> {
    let told = || points.iter().filter(|point| point.number.is_some());
    let percent = told().all(|point| point.text.ends_with('%'));
    let (scale, format) = if percent { (0.01, PERCENT) } else { (1.0, "0.0") };
    let (heads, numbers) = (head(None, Align::Left), Format::new().set_num_format(format));
    let top = *place.numbers;
    place.page.write_string_with_format(top, COLUMN + 1, tame(&chart.title, None), &heads)?;
    if let Some(limit) = limit {
        place.page.write_string_with_format(top, COLUMN + 2, tame(&limit.text, None), &heads)?;
    }
    for (row, point) in (top + 1..).zip(points) {
        place.page.write_string(row, COLUMN, tame(&point.label, None))?;
        if let Some(number) = point.number {
            place.page.write_number_with_format(row, COLUMN + 1, number * scale, &numbers)?;
        }
        if let Some(limit) = limit {
            place.page.write_number_with_format(row, COLUMN + 2, limit.number * scale, &numbers)?;
        }
    }
    let last = top + points.len().max(1) as u32;
    *place.numbers = last + 2;
    let fills = percent && told().any(|point| point.number.is_some_and(|number| number > 80.0));
    Ok(Numbers { first: top + 1, last, limited: limit.is_some(), fills, format })
}

fn draw(chart: &Chart, kind: ChartType, sheet: &str, numbers: &Numbers) -> Drawn {
    let range = |column: u16| (sheet, numbers.first, column, numbers.last, column);
    let heading = |column: u16| (sheet, numbers.first - 1, column);
    let mut drawn = Drawn::new(kind);
    let mut label = ChartDataLabel::new();
    label.show_value().set_num_format(numbers.format).set_font(ChartFont::new().set_size(8));
    let series = drawn.add_series();
    series.set_categories(range(COLUMN)).set_values(range(COLUMN + 1)).set_name(heading(COLUMN + 1));
    series.set_data_label(&label);
    match kind {
        ChartType::Line => {
            series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(BLUE).set_width(2.25)));
            series.set_marker(ChartMarker::new().set_automatic());
        }
        _ => {
            series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(BLUE)));
            series.set_gap(60);
        }
    }
    if numbers.limited && kind != ChartType::Bar {
        let mut line = Drawn::new(ChartType::Line);
        let mark = ChartLine::new().set_color(RED).set_width(1.5).set_dash_type(ChartLineDashType::Dash).clone();
        let limit = if kind == ChartType::Line { drawn.add_series() } else { line.add_series() };
        limit.set_categories(range(COLUMN)).set_values(range(COLUMN + 2)).set_name(heading(COLUMN + 2));
        limit.set_format(ChartFormat::new().set_line(&mark));
        if kind != ChartType::Line {
            drawn.combine(&line);
        }
    }
    drawn.title().set_name(&tame(&chart.title, None)).set_font(ChartFont::new().set_size(11));
    let axis = if kind == ChartType::Bar { drawn.x_axis() } else { drawn.y_axis() };
    axis.set_min(0).set_num_format(if numbers.format == PERCENT { "0%" } else { "0" });
    if numbers.fills {
        axis.set_max(1).set_major_unit(0.2);
    }
    if kind == ChartType::Bar {
        // From the top down, as a table has it.
        drawn.y_axis().set_reverse().set_label_interval(1).set_font(ChartFont::new().set_size(8));
    }
    drawn.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    if !numbers.limited {
        drawn.legend().set_hidden();
    }
    drawn.set_alt_text(alternative(chart));
    drawn
}

/// Excel takes 255 characters of it; all the numbers stand in cells.
fn alternative(chart: &Chart) -> String {
    quote(&format!("{}: {}", chart.title, chart.alternative), 250)
}
