//! `explain`: what a code of `check` means and what to do about it.

use super::Context;
use super::answer::{Answer, Format, Stop, json};
use crate::rules::id::nearest;
use crate::scenario::Code;
use crate::text;
use clap::Args;
use serde::Serialize;

/// Arguments of `explain`.
#[derive(Args)]
pub(super) struct Explain {
    /// The code, such as CW1301
    #[arg(value_name = "CODE")]
    code: String,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Serialize)]
struct Explanation {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: String,
}

impl Explain {
    /// Runs the command.
    pub fn run(&self, context: &Context) -> Result<Answer, Stop> {
        let wanted = self.code.to_ascii_uppercase();
        let Some(code) = Code::from_id(&wanted) else {
            let hint = nearest(&wanted, Code::ALL.iter().map(|code| code.id()));
            let text = context.words.get("unknown-code", &[("name", &self.code)]);
            let hint = context.words.did_you_mean(hint);
            return Err(Stop::could_not(format!("{text}{hint}")));
        };
        let lang = context.words.lang;
        let part = |part: &str| {
            let key = format!("{}.{part}", code.id());
            let template = text::table(lang).find(&key).unwrap_or_default();
            // Which name or number it is depends on the case at hand.
            let slots = text::slots(template).into_iter();
            let slots = slots.map(|slot| (slot, if slot == "nearest" { "" } else { "…" }));
            let slots: Vec<(&str, &str)> = slots.collect();
            text::fill(template, &slots).trim().to_owned()
        };
        let explanation = Explanation {
            code: code.id(),
            severity: code.severity().id(),
            message: part("message"),
            help: part("help"),
        };
        if self.format == Format::Json {
            return json(&explanation).map(Answer::fine);
        }
        let severity = text::get(lang, &format!("severity.{}", explanation.severity), &[]);
        let Explanation {
            code,
            message,
            help,
            ..
        } = explanation;
        Ok(Answer::fine(format!(
            "{code} ({severity})\n\n{message}\n{help}\n"
        )))
    }
}
