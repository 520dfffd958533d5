//! The closed vocabularies of the standard (§3): each term's word in the database and in Chinese.

use contract::studios::{
    CommunityActivity, LeaderType, MemberCategory, MemberRole, SessionState, StudioFunction, StudioLevel,
    StudioMode,
};
use vocabulary::{Error, Result};

/// A term with its word in the database and in Chinese.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// Every term, in the standard's order.
    const ALL: &'static [Self];
    /// The word in the database and the Chinese word, in the same order: the choices of a spreadsheet's column.
    const CHOICES: &'static [(&'static str, &'static str)];

    /// The word in the database.
    fn word(self) -> &'static str {
        self.pair().0
    }

    /// The Chinese word.
    fn zh(self) -> &'static str {
        self.pair().1
    }

    /// Both words.
    fn pair(self) -> (&'static str, &'static str) {
        let at = Self::ALL.iter().position(|term| *term == self);
        at.and_then(|at| Self::CHOICES.get(at)).copied().unwrap_or_default()
    }

    /// The term with this word in the database.
    fn from_word(word: &str) -> Option<Self> {
        let at = Self::CHOICES.iter().position(|(known, _)| *known == word);
        at.and_then(|at| Self::ALL.get(at)).copied()
    }

    /// The term of a word that the database holds.
    fn kept(word: &str) -> Result<Self> {
        Self::from_word(word).ok_or_else(|| Error::internal(format!("no term {word}")))
    }
}

macro_rules! words {
    ($($term:ident { $($name:ident = $word:literal, $zh:literal;)* })*) => {
        $(impl Word for $term {
            const ALL: &'static [Self] = &[$($term::$name),*];
            const CHOICES: &'static [(&'static str, &'static str)] = &[$(($word, $zh)),*];
        })*
    };
}

words! {
    StudioLevel {
        School = "school", "校级";
        County = "county", "县区级";
        City = "city", "市级";
        Province = "province", "省级";
        Nation = "nation", "国家级";
    }
    StudioMode {
        MasterTeacher = "master_teacher", "名师工作室";
        Mentoring = "mentoring", "师徒结对";
        ModularTeam = "modular_team", "模块化团队协作";
        Other = "other", "其他";
    }
    LeaderType {
        Leading = "leading", "担纲领衔的主持人";
        Coordinating = "coordinating", "承担统筹协调职责的负责人";
    }
    MemberCategory {
        HomeroomTeacher = "homeroom_teacher", "本校班主任教师";
        Candidate = "candidate", "班主任培育对象";
        MoralEducationExpert = "moral_education_expert", "德育和学生管理专家";
        PsychologyTeacher = "psychology_teacher", "心理健康教师";
        Researcher = "researcher", "教研人员";
        Administrator = "administrator", "行政干部";
        OutsideExpert = "outside_expert", "校外专家";
    }
    MemberRole {
        Lead = "lead", "主持人";
        Coordinator = "coordinator", "负责人";
        Member = "member", "成员";
    }
    StudioFunction {
        Research = "research", "研究";
        Advice = "advice", "咨询";
        Guidance = "guidance", "指导";
        Service = "service", "服务";
    }
    CommunityActivity {
        Exchange = "exchange", "交流";
        Study = "study", "学习";
        Research = "research", "研究";
        Practice = "practice", "实践";
        Growth = "growth", "成长";
    }
    SessionState {
        Planned = "planned", "已安排";
        Held = "held", "已完成";
        Cancelled = "cancelled", "已取消";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round<T: Word + std::fmt::Debug>() {
        assert_eq!(T::ALL.len(), T::CHOICES.len());
        for term in T::ALL {
            assert_eq!(T::from_word(term.word()), Some(*term));
            assert!(!term.zh().is_empty());
        }
        assert_eq!(T::from_word(""), None);
    }

    #[test]
    fn every_term_has_its_words() {
        round::<StudioLevel>();
        round::<StudioMode>();
        round::<LeaderType>();
        round::<MemberCategory>();
        round::<MemberRole>();
        round::<StudioFunction>();
        round::<CommunityActivity>();
        round::<SessionState>();
    }
}
