package io.fengsui.hub.console.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Visit;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.access.user.User;
import io.netty.util.AttributeKey;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Who asks, as the door found it: every handler behind a door asks here, and nowhere else. */
public final class Visitor {
    private static final AttributeKey<Visit> VISIT = AttributeKey.valueOf(Visitor.class, "VISIT");
    private static final AttributeKey<BooleanSupplier> STILL_IN = AttributeKey.valueOf(Visitor.class, "STILL_IN");
    private static final AttributeKey<String> SUBJECT = AttributeKey.valueOf(Visitor.class, "SUBJECT");

    private Visitor() {}

    static void entered(ServiceRequestContext context, Visit visit, BooleanSupplier stillIn) {
        context.setAttr(VISIT, visit);
        context.setAttr(STILL_IN, stillIn);
    }

    /** Says, as often as it is asked, whether they still are let in: for answers that go on for long. */
    public static BooleanSupplier stillIn(ServiceRequestContext context) {
        BooleanSupplier stillIn = context.attr(STILL_IN);
        return stillIn == null ? () -> false : stillIn;
    }

    /** Throws {@link IllegalStateException} on a route that is open to everybody. */
    public static User of(ServiceRequestContext context) {
        Visit visit = context.attr(VISIT);
        if (visit == null || visit.user() == null) {
            throw new IllegalStateException("nobody in particular asks on an open route");
        }
        return visit.user();
    }

    /** Null where nobody in particular asks. */
    static @Nullable User known(ServiceRequestContext context) {
        Visit visit = context.attr(VISIT);
        return visit == null ? null : visit.user();
    }

    /** What of the town they see. Throws {@link IllegalStateException} on a route that is open to everybody. */
    public static Reach reach(ServiceRequestContext context) {
        Visit visit = context.attr(VISIT);
        if (visit == null || visit.user() == null) {
            throw new IllegalStateException("nobody in particular asks on an open route");
        }
        return visit.reach();
    }

    /** From which the request comes; behind a proxy that of the proxy. */
    public static String address(ServiceRequestContext context) {
        return context.remoteAddress().getAddress().getHostAddress();
    }

    /** Says in the audit what a change was about, where the route's id does not. */
    public static void changed(ServiceRequestContext context, String subject) {
        context.setAttr(SUBJECT, subject);
    }

    static String subject(ServiceRequestContext context) {
        String told = context.attr(SUBJECT);
        if (told != null) {
            return told;
        }
        String id = context.pathParam("id");
        return id == null ? "" : id;
    }
}
