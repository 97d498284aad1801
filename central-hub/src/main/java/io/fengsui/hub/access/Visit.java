package io.fengsui.hub.access;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.access.user.User;
import org.jspecify.annotations.Nullable;

/**
 * What the door found of a request.
 *
 * @param user who asks; null where nobody is signed in
 * @param reach what of the town they may see and touch
 */
public record Visit(AccessDecision decision, @Nullable User user, Reach reach) {
    static Visit refused(AccessDecision decision) {
        return new Visit(decision, null, Reach.EVERYWHERE);
    }
}
