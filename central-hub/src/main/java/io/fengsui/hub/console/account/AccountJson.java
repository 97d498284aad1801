package io.fengsui.hub.console.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.name.NameBook;

/** Accounts as JSON, never with a password or its hash. Pure. */
final class AccountJson {
    private AccountJson() {}

    static ObjectNode account(Account account, NameBook names) {
        ObjectNode node = Json.object()
                .put("name", account.user().name())
                .put("role", account.user().roleLabel());
        ArrayNode areas = node.putArray("areas");
        account.user().scope().areas().forEach(areas::add);
        node.put("unit", account.user().scope().unit());
        node.set("names", names.ofScope(account.user().scope()));
        node.put("disabled", account.standing().isDisabled());
        node.put("changedAt", account.standing().changed().toString());
        node.put("changedBy", account.standing().changedBy());
        return node;
    }
}
