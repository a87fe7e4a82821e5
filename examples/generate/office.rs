//! The office style: the same records as an office's systems would export them, GB18030 and CRLF, with every liberty the
//! documentation allows, and five rows that nobody can use.

use std::path::Path;

use anyhow::Result;
use chrono::{Datelike, NaiveDate};

use crate::calendar::Span;
use crate::cells::*;
use crate::records::*;
use crate::sheet::Sheet;

/// Which of the day's rows are written twice: the last month's export begins this many days early.
const OVERLAP_DAYS: i64 = 5;

pub struct Office {
    customers: Sheet,
    /// One file a month. The first comes from an older system.
    visits: Vec<Sheet>,
    starts: Vec<NaiveDate>,
    calls: Sheet,
    plans: Sheet,
    days: Sheet,
    managers: Sheet,
    services: Sheet,
    inquiries: Sheet,
    checks: Sheet,
}

impl Office {
    pub fn create(folder: &Path, span: &Span) -> Result<Self> {
        let sheet = |name: &str, titles: &[&str], delimiter: u8, header: &str| {
            let header: Vec<String> = header.split(' ').map(str::to_owned).collect();
            Sheet::create(folder, name, titles, delimiter, &header)
        };
        let exported = format!("导出日期：{}", chinese(span.last()));
        let mut visits = Vec::new();
        for (i, month) in span.months.iter().enumerate() {
            let label = format!("拜访记录_{}年{:02}月", month.first.year(), month.first.month());
            visits.push(if old_system(i, span.months.len()) {
                sheet(&format!("{label}.tsv"), &[], b'\t', OLD_VISITS)?
            } else {
                sheet(&format!("{label}.csv"), &["客户经理拜访记录（示例）"], b',', VISITS)?
            });
        }
        Ok(Self {
            customers: sheet(
                "客户档案_全部.csv",
                &["零售客户档案（示例）", &exported],
                b',',
                "客户编码 客户名称 所属地市 客户经理编号 客户经理 营销部 客户分类 是否停货 经营地址 联系人 联系电话 \
                 备用电话 经度 纬度 拜访周期 拜访批次 信息采集点 必须实地 弱势客户 经营状态 入网日期 停业日期 更新日期 档位",
            )?,
            visits,
            starts: span.months.iter().map(|month| month.first).collect(),
            calls: sheet("通话记录导出.csv", &[], b',', "本机号码 对方号码 通话开始时间 通话时长 呼叫类型 归属地")?,
            plans: sheet(
                "拜访计划_汇总.csv",
                &["客户经理拜访计划（示例）"],
                b',',
                "客户经理编码 客户编号 计划日期 星期 顺序 拜访方式 拨打号码 通讯工具 编制时间 原计划日期 拜访内容",
            )?,
            days: sheet("日工作记录.csv", &[], b',', "工号 姓名 日期 状态 时段 同步时间 日总结上传时间")?,
            managers: sheet(
                "客户经理名单.csv",
                &[],
                b',',
                "客户经理编号 姓名 营销部 岗位 手机 办公电话 到岗日期 离岗日期",
            )?,
            services: sheet("服务记录.csv", &[], b';', "客户经理工号 项目 客户代码 完成日期 所属期 审核人")?,
            inquiries: sheet(
                "咨询投诉登记.csv",
                &["咨询投诉受理登记（示例）"],
                b',',
                "受理编号 受理渠道 客户经理编号 许可证号 类别 受理时间 答复时间 是否属实 首问负责",
            )?,
            checks: sheet(
                "抽查结果.csv",
                &[],
                b',',
                "抽查月份 客户经理编号 客户编码 抽查日期 抽查方式 抽查结果 备注 抽查人",
            )?,
        })
    }
}

const OLD_VISITS: &str = "记录编号 客户经理工号 客户代码 客户名称 拜访方式 拜访日期 签到时间 签退时间 拜访时长(分钟) 计划内外 \
                          拜访状态 未拜访原因 照片 拨打号码 网络工具 服务项目 上传时间 签到经度 签到纬度 记录来源 备注";
const VISITS: &str = "拜访编号 客户经理编号 客户经理姓名 客户编码 拜访方式 拜访日期 到店时间 离店时间 拜访用时（分钟） 是否计划 \
                      拜访结果 异常原因 拜访照片1 通讯号码 通讯工具 服务项目 上传时间 签到经度 签到纬度 来源 备注 网络状态";

/// With three months and more the first one's visits come from an older system. (Not with two: the months that overlap
/// must be spelled alike, or their common rows would not be equal.)
fn old_system(index: usize, months: usize) -> bool {
    index == 0 && months >= 3
}

impl Sink for Office {
    fn manager(&mut self, m: &Manager) -> Result<()> {
        self.managers.row(&[
            m.id.clone(),
            m.name.clone(),
            m.branch.clone(),
            "客户经理".to_owned(),
            phone(&m.mobile, m.number, false),
            phone(&m.office, m.number, true),
            dashed(m.joined_on),
            "N/A".to_owned(),
        ])
    }

    fn customer(&mut self, m: &Manager, c: &Customer) -> Result<()> {
        let key = self.customers.rows;
        let [lon, lat] = degrees(c.archived, "-");
        let class = if c.suspended { "违规客户(停货)" } else { c.class.zh() };
        let mut row = vec![guarded(&c.id), c.name.clone(), "示例市".to_owned(), m.id.clone(), m.name.clone()];
        row.extend([m.branch.clone(), class.to_owned(), yes_no(c.suspended).to_owned()]);
        row.extend([c.address.clone(), c.contact.clone(), guarded(&phones(&c.phones, key))]);
        row.push(c.phone2.as_deref().map_or("无".to_owned(), |number| guarded(&phone(number, key + 1, true))));
        row.extend([lon, lat, c.cycle.zh().to_owned(), c.batch.to_owned()]);
        row.extend([c.info_point, c.must_onsite, c.vulnerable].map(|flag| yes_no(flag).to_owned()));
        row.push(if c.closed { "停业" } else { "正常" }.to_owned());
        row.extend([slashed(c.opened_on), c.closed_on.map_or("--".to_owned(), slashed), slashed(c.updated_on)]);
        row.push(format!("{}档", key % 30 + 1));
        self.customers.row(&row)?;
        if self.customers.rows == 27 {
            row[0].clear();
            self.customers.unusable(&row, "empty customer_id")?;
        }
        Ok(())
    }

    fn plan(&mut self, m: &Manager, c: &Customer, p: &PlanRow) -> Result<()> {
        let mut row = vec![m.id.clone(), c.id.clone(), slashed(p.date), weekday(p.date).to_owned()];
        row.extend([p.seq.to_string(), p.mode.zh().to_owned(), phone(p.phone, p.seq, false)]);
        row.extend([p.tool.to_owned(), slashed_minute(p.created)]);
        row.extend([p.moved_from.map_or(String::new(), slashed), p.purpose.to_owned()]);
        self.plans.row(&row)?;
        if self.plans.rows == 333 {
            row[1] = "3.2E+11".to_owned();
            self.plans.unusable(&row, "customer_id with its digits lost")?;
        }
        Ok(())
    }

    fn visit(&mut self, m: &Manager, c: &Customer, v: &Visit) -> Result<()> {
        let last = self.visits.len() - 1;
        let month = self.starts.iter().rposition(|start| *start <= v.start.date).unwrap_or(0);
        if old_system(month, last + 1) {
            return self.visits[month].row(&old_visit(m, c, v));
        }
        let mut row = new_visit(m, c, v);
        let early = (self.starts[last] - v.start.date).num_days();
        if month < last && early <= OVERLAP_DAYS {
            self.visits[last].row(&row)?;
        }
        let sheet = &mut self.visits[month];
        sheet.row(&row)?;
        if month + 1 == last && sheet.rows == 401 {
            row[0] = format!("{}-90001", m.id.replace('M', "V"));
            row[5] = format!("{}/{}/32", v.start.date.year(), v.start.date.month());
            sheet.unusable(&row, "impossible date")?;
        }
        if month == last && sheet.rows == 702 {
            row[0] = format!("{}-90002", m.id.replace('M', "V"));
            row[4] = "顺路".to_owned();
            sheet.unusable(&row, "unknown mode")?;
        }
        Ok(())
    }

    fn call(&mut self, m: &Manager, c: &Call) -> Result<()> {
        let key = self.calls.rows;
        // The device logs its own number plainly, the office's exchange as it likes.
        let own = phone(c.own, if c.own == m.mobile { 5 } else { key }, false);
        let row = [
            format!("'{own}"),
            format!("'{}", phone(c.number, key, false)),
            chinese_time(c.start),
            duration(c.seconds),
            c.direction.zh().to_owned(),
            "本地".to_owned(),
        ];
        self.calls.row(&row)?;
        if self.calls.rows == 88 {
            self.calls.garbled(&row)?;
        }
        Ok(())
    }

    fn day(&mut self, m: &Manager, d: &DayRow) -> Result<()> {
        // Two words for a thing, as different people would type them.
        let even = d.date.day().is_multiple_of(2);
        let status = match d.status {
            Status::Meeting if even => "开会",
            Status::Leave if even => "休假",
            status => status.zh(),
        };
        let time = |at: Option<Stamp>| at.map_or("--".to_owned(), slashed_time);
        self.days.row(&[
            m.id.clone(),
            m.name.clone(),
            chinese(d.date),
            status.to_owned(),
            d.part.zh().to_owned(),
            time(d.synced),
            time(d.summary),
        ])
    }

    fn service(&mut self, m: &Manager, c: Option<&Customer>, s: &Service) -> Result<()> {
        self.services.row(&[
            m.id.clone(),
            s.item.zh().to_owned(),
            c.map_or(String::new(), |c| c.id.clone()),
            compact(s.done_on),
            s.period.clone(),
            String::new(),
        ])
    }

    fn inquiry(&mut self, m: &Manager, c: &Customer, i: &Inquiry) -> Result<()> {
        self.inquiries.row(&[
            i.id.clone(),
            "热线".to_owned(),
            m.id.clone(),
            c.id.clone(),
            i.kind.zh().to_owned(),
            slashed_minute(i.received),
            i.replied.map_or("—".to_owned(), slashed_minute),
            yes_no(i.upheld).to_owned(),
            yes_no(i.duty).to_owned(),
        ])
    }

    fn check(&mut self, m: &Manager, c: &Customer, k: &Check) -> Result<()> {
        let result = match k.result {
            Verdict::Pass if k.checked_on.day().is_multiple_of(2) => "到位",
            result => result.zh(),
        };
        self.checks.row(&[
            format!("{}-{:02}", k.month.year(), k.month.month()),
            m.id.clone(),
            c.id.clone(),
            slashed(k.checked_on),
            k.method.to_owned(),
            result.to_owned(),
            k.note.to_owned(),
            "服务科".to_owned(),
        ])
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        if let Some(last) = self.visits.last_mut() {
            last.total()?;
        }
        self.calls.total()?;
        let mut all = self.visits;
        all.extend([self.customers, self.calls, self.plans, self.days, self.managers]);
        all.extend([self.services, self.inquiries, self.checks]);
        all.into_iter().try_for_each(Sheet::close)
    }
}

/// The older system: tabs, and date-times as Excel's serial numbers.
fn old_visit(m: &Manager, c: &Customer, v: &Visit) -> Vec<String> {
    let [lon, lat] = degrees(v.position, "");
    let mut row = vec![v.id(m), m.id.clone(), c.id.clone(), c.name.clone(), format!("{}拜访", v.mode.zh())];
    row.extend([serial_date(v.start.date).to_string(), serial(v.start)]);
    row.push(v.end.map_or("未签退".to_owned(), serial));
    row.extend([v.minutes.to_string(), if v.planned { "计划内" } else { "计划外" }.to_owned()]);
    row.extend([v.outcome.zh().to_owned(), v.reason.to_owned(), photo(m, v)]);
    row.extend([phone(v.phone, v.seq, false), v.tool.to_owned(), items(v, "、")]);
    row.push(v.uploaded.map_or("------".to_owned(), serial));
    row.extend([lon, lat, v.source.zh().to_owned(), v.note.to_owned()]);
    row
}

fn new_visit(m: &Manager, c: &Customer, v: &Visit) -> Vec<String> {
    let [lon, lat] = degrees(v.position, "NULL");
    let mut row = vec![v.id(m), m.id.clone(), m.name.clone(), c.id.clone(), v.mode.zh().to_owned()];
    row.extend([slashed(v.start.date), lone_time(v.start.second)]);
    row.push(v.end.map_or("未签退".to_owned(), |end| lone_time(end.second)));
    row.extend([v.minutes.to_string(), yes_no(v.planned).to_owned()]);
    row.extend([v.outcome.zh().to_owned(), v.reason.to_owned(), photo(m, v)]);
    row.extend([phone(v.phone, v.seq, false), v.tool.to_owned(), items(v, "；")]);
    row.push(v.uploaded.map_or("--".to_owned(), slashed_time));
    row.extend([lon, lat, v.source.zh().to_owned(), v.note.to_owned(), "在线".to_owned()]);
    row
}

fn photo(m: &Manager, v: &Visit) -> String {
    if v.photo { format!("{}.jpg", visit_id(m, v.photo_number)) } else { String::new() }
}

fn items(v: &Visit, separator: &str) -> String {
    v.items.iter().map(|item| item.zh()).collect::<Vec<_>>().join(separator)
}
