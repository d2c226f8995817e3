"""Why something is not done: one code, one sentence in each language."""

from dataclasses import dataclass

from intake.dispatch.in_words import in_words


@dataclass(frozen=True, slots=True)
class Refusal:
    """The rule that forbids a command; `field` is the part it is about, `by` the person who was first."""

    code: str
    en: str
    zh: str
    field: str | None = None
    by: str | None = None


SENTENCES: dict[str, tuple[str, str]] = {
    "role": (
        "{role} may not do this; ask a {needs}.",
        "{role} 无权执行此操作；请找 {needs}。",
    ),
    "unknown": ("There is no {what} {id}.", "没有 {what} {id}。"),
    "missing": ("Please give the {field}.", "请填写 {field}。"),
    "version": (
        "{by} changed it meanwhile; look again and repeat.",
        "{by} 刚刚改动过；请重新查看后再操作。",
    ),
    "claimed": ("{by} has claimed this alarm.", "{by} 已认领该警情。"),
    "not-claimed": ("The alarm is not claimed.", "该警情尚未认领。"),
    "alarm-decided": (
        "The alarm is {state} already; reopen it first.",
        "该警情已是 {state}；请先重新打开。",
    ),
    "alarm-promoted": (
        "The alarm became an incident; close the incident instead.",
        "该警情已转为案件；请改为关闭案件。",
    ),
    "second-person": (
        "A priority 0 alarm needs a second person to dismiss it; your wish is noted.",
        "零级警情须由第二人确认才能撤除；您的请求已记录。",
    ),
    "incident-state": (
        "Incident {no} is {state}; this is not possible now.",
        "案件 {no} 目前为 {state}，不能执行此操作。",
    ),
    "incident-over": (
        "Incident {no} is {state}; reopen it first.",
        "案件 {no} 已是 {state}；请先重新打开。",
    ),
    "incident-merged": (
        "Incident {no} was merged into {into}; use that one, or reopen {no}.",
        "案件 {no} 已并入 {into}；请改用 {into}，或重新打开 {no}。",
    ),
    "merge-itself": (
        "Incident {no} cannot be merged into itself.",
        "案件 {no} 不能并入自身。",
    ),
    "merge-cycle": (
        "Incident {no} was merged into {into} itself; undo that first.",
        "案件 {no} 本已并入 {into}；请先撤销该次合并。",
    ),
    "exercise-mixed": (
        "One is {one}, the other {other}; real work, exercises and tests are never joined.",
        "一个是 {one}，另一个是 {other}；实战、演练与测试不得合并。",
    ),
    "hold-priority-0": (
        "A priority 0 incident is never held.",
        "零级案件不得搁置。",
    ),
    "review-in-past": ("The review time must lie ahead.", "复核时间必须晚于现在。"),
    "lower-needs-reason": (
        "Lowering the priority needs a reason.",
        "降低级别须说明理由。",
    ),
    "less-sure-needs-reason": (
        "To be less sure of it needs a reason, or somebody who said so on the channel.",
        "降低确定程度须说明理由，或有现场通话为证。",
    ),
    "units-not-done": (
        "{units} still on incident {no}; clear, divert or cancel first.",
        "{units} 仍在案件 {no} 上；请先结束、改派或取消。",
    ),
    "nobody-arrived": (
        "Nobody arrived at incident {no}; give no-dispatch or no-arrival as the disposition.",
        "案件 {no} 无人到场；处置结果请填 no-dispatch 或 no-arrival。",
    ),
    "unit-unavailable": ("{unit} is {state}.", "{unit} 目前为 {state}。"),
    "team-at-work": (
        "At work: {units}. Nobody's status was changed; name the others, or clear these first.",
        "正在出警：{units}。状态均未更改；请只写其他警力，或先结束其任务。",
    ),
    "no-emergency": ("{unit} is in no emergency.", "{unit} 没有处于紧急状态。"),
    "unit-committed": (
        "{unit} is on incident {no} ({state}); say divert or stack.",
        "{unit} 正在处理案件 {no}（{state}）；请指明改派或排队。",
    ),
    "already-sent": (
        "{unit} is on incident {no} already.",
        "{unit} 已在案件 {no} 上。",
    ),
    "on-scene-elsewhere": (
        "{unit} is on scene at incident {no} and cannot be diverted.",
        "{unit} 已在案件 {no} 现场，不能改派。",
    ),
    "two-places": (
        "{unit} is {state} on incident {no}; a unit is in one place at a time.",
        "{unit} 在案件 {no} 上为 {state}；一个警力同时只能在一处。",
    ),
    "no-step-back": (
        "{unit} is {state} already; a step back is a correction.",
        "{unit} 已是 {state}；退回须作更正。",
    ),
    "never-reached": (
        "{unit} was never {step} at incident {no}; only a step it had reached can be put back.",
        "{unit} 在案件 {no} 上从未为 {step}；只能退回到曾达到的步骤。",
    ),
    "older-than-step": (
        "{unit} was {state} after that time.",
        "{unit} 在该时间之后已是 {state}。",
    ),
    "not-arrived": (
        "{unit} never arrived; give no-arrival as the disposition, or set it on scene first.",
        "{unit} 未到场；处置结果请填 no-arrival，或先标为到场。",
    ),
    "assignment-state": (
        "{unit} is {state} on incident {no}; this is not possible now.",
        "{unit} 在案件 {no} 上为 {state}，不能执行此操作。",
    ),
    "no-assignment": ("{unit} is on no such incident.", "{unit} 没有对应的出警任务。"),
    "which-incident": (
        "{unit} is on several incidents; name the one you mean.",
        "{unit} 同时有多起案件；请指明是哪一起。",
    ),
    "no-proposal": (
        "Nothing of the kind is proposed any more; look again.",
        "该建议已不存在；请重新查看。",
    ),
    "over-queued": ("The over is in the queue already.", "该通话已在队列中。"),
    "which-channel": ("Please say on which channel: {channels}.", "请说明信道：{channels}。"),
    "muted": ("The transmitter of {channel} is muted.", "{channel} 的发射已被静音。"),
    "no-point": ("{place} is no point of a patrol.", "{place} 不是必到点。"),
    "nobody-on-duty": ("Nobody is on duty.", "目前无人在岗。"),
    "handover-open": (
        "You are handing over already; sign or drop that one first.",
        "您已有一份交班正在进行；请先签字或放弃。",
    ),
    "handover-own": (
        "Who hands over does not read for the one who comes.",
        "交班人不能代接班人逐条阅读。",
    ),
    "handover-taken": ("{by} is taking over here.", "{by} 正在接班。"),
    "handover-over": ("This handover is finished.", "该交班已结束。"),
    "handover-unread": (
        "{n} lines of the brief are unread; read each one before you sign.",
        "交班内容还有 {n} 条未读；逐条阅读后才能签字。",
    ),
    "timer-stopped": ("No {timer} timer runs here.", "此处没有运行中的 {timer} 计时。"),
    "timer-not-due": ("The {timer} timer is not due yet.", "{timer} 计时尚未到期。"),
    "mute-too-long": (
        "A timer may be muted for at most {hours} h.",
        "计时静音最长 {hours} 小时。",
    ),
    "offer-open": (
        "It is offered to {to} already; wait for the answer, or take the offer back.",
        "已向 {to} 提出移交；请等待答复，或先撤回。",
    ),
    "offer-own": ("Incident {no} is {to}'s already.", "案件 {no} 本由 {to} 主办。"),
    "offer-not-lead": (
        "Incident {no} is led by {lead}; only they, or the joint centre, can offer it.",
        "案件 {no} 由 {lead} 主办，只能由其或联合中心提出移交。",
    ),
    "no-chaining": (
        "Incident {no} came from {owner}; give it back there, it goes on only from them.",
        "案件 {no} 由 {owner} 移交而来；请先退回，再由其移交他方。",
    ),
    "no-offer": ("Nothing is offered here.", "此处没有待答复的移交。"),
    "offer-others": (
        "It is offered to {to}; only they, or the joint centre, can answer.",
        "这是向 {to} 提出的移交，只能由其或联合中心答复。",
    ),
    "team-ordered": ("{team} has an order for incident {no} already.", "{team} 已接到案件 {no} 的指令。"),
    "no-team-order": ("{team} has no open order for incident {no}.", "{team} 在案件 {no} 上没有待办指令。"),
    "team-has-time": (
        "The desk of {team} has {seconds} s left to name a unit; then the centre may.",
        "{team} 还有 {seconds} 秒可指定警力；逾时后中心方可直接指定。",
    ),
    "not-of-team": ("{unit} is not of {team}.", "{unit} 不属于 {team}。"),
    "no-grant": (
        "{unit} is of {agency}, and no grant lets you send it; ask for one, or ask {agency}.",
        "{unit} 属于 {agency}，没有授权可供调派；请申请授权，或请 {agency} 派出。",
    ),
    "grant-itself": ("An agency needs no grant for its own units.", "调派本单位警力无须授权。"),
    "grant-others": ("This grant is between others.", "该授权与您所在单位无关。"),
    "grant-over": ("Grant {no} was revoked.", "授权 {no} 已撤销。"),
    "second-side": (
        "Grant {no} needs a signature of the other side.",
        "授权 {no} 须由另一方签字。",
    ),
    "nothing-to-undo": ("There is nothing of yours to undo.", "没有可撤销的操作。"),
    "undo-late": (
        "The action is {seconds} s old; only the last {window} s can be undone.",
        "该操作已过 {seconds} 秒；只能撤销最近 {window} 秒内的操作。",
    ),
    "not-yours": ("{by} did this; only {by} can undo it.", "这是 {by} 的操作，只有本人可以撤销。"),
    "built-on": (
        "{by} has built on it; it can no longer be undone.",
        "{by} 已在此基础上操作，不能再撤销。",
    ),
}
"""Code → English and Chinese sentence, with the names each is filled with."""


def refuse(code: str, /, *, field: str | None = None, by: str | None = None, **names: object) -> Refusal:
    """Return the refusal of a code with its sentences filled in; KeyError for a code or name unknown."""
    en, zh = SENTENCES[code]
    by = by.removeprefix("person:") if by else None
    filled = {"field": field, "by": by, **names}
    english, chinese = (in_words(filled, language) for language in (0, 1))
    return Refusal(code, en.format_map(english), zh.format_map(chinese), field, by)
