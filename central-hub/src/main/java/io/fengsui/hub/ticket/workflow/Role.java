package io.fengsui.hub.ticket.workflow;

/** What somebody is to the command centre. Which of them may take a step is said by the workflow. */
public enum Role {
    /** Looks only. */
    VIEWER,
    /** 受理员、派遣员: takes in, files and dispatches. */
    DISPATCHER,
    /** 处置单位: handles what it was given. */
    UNIT,
    /** 督办、值班长: judges and presses. */
    SUPERVISOR,
    /** May take every step. */
    ADMIN
}
