package io.fengsui.hub.ticket;

import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.value.Name;

/** Tells people in both languages what became of a step. Pure. */
final class Refusals {
    private Refusals() {}

    /** @param state what people call the state that the ticket was in */
    static CommandOutcome outcome(TicketReason reason, OperatorCommand command, Ticket.Stand stand, Name state) {
        return switch (reason) {
            case MOVED, NOTED, NOTHING_NEW -> new CommandOutcome.Done(command.ticket(), stand.version(), stand.state());
            case NO_SUCH_STEP ->
                refused(
                        CommandOutcome.Cause.NO_SUCH_STEP,
                        "流程中没有步骤 " + command.step(),
                        "the workflow has no step " + command.step());
            case ILLEGAL_STEP ->
                refused(
                        CommandOutcome.Cause.ILLEGAL_STEP,
                        "工单处于“" + state.zh() + "”，不能执行 " + command.step(),
                        "the ticket is " + state.en() + " and cannot take the step " + command.step());
            case STALE_VERSION ->
                refused(
                        CommandOutcome.Cause.STALE_VERSION,
                        "工单已被更新，当前版本为 " + stand.version(),
                        "the ticket has changed: its version is " + stand.version());
            case ROLE_NOT_ALLOWED ->
                refused(CommandOutcome.Cause.NOT_YOUR_ROLE, "您的角色不能执行此步骤", "your role may not take this step");
            case NOTE_NEEDED -> missing("此步骤须填写说明", "this step needs a note");
            case UNIT_NEEDED -> missing("请指定承办单位", "name the unit that is to handle it");
            case PICTURE_NEEDED -> missing("工单没有图片，不能执行此步骤", "this step needs a picture, and the ticket has none");
            case UNTIL_NEEDED -> missing("请指定缓办到何时（一年之内）", "say until when to wait, at most a year from now");
            case EXTENSION_NEEDED ->
                missing("请指定延期多久，如 2wd（2 个工作日）", "say by how much, such as 2wd for two working days");
            case NOT_CLEARED -> missing("现场情况仍未消除，不能执行此步骤", "what caused the ticket is still there");
            case SAME_PERSON ->
                missing("须由上一步骤以外的人员执行", "somebody else than who took the last step must take this one");
            case ASKED_ALREADY -> missing("已有延期申请待批", "an extension is asked for already");
            case NOTHING_ASKED -> missing("没有待批的延期申请", "no extension is asked for");
        };
    }

    private static CommandOutcome missing(String zh, String en) {
        return refused(CommandOutcome.Cause.SOMETHING_MISSING, zh, en);
    }

    static CommandOutcome refused(CommandOutcome.Cause cause, String zh, String en) {
        return new CommandOutcome.Refused(cause, new Name(zh, en));
    }
}
