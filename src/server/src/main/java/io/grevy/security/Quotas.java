package io.grevy.security;

import io.grevy.component.Component;
import io.grevy.keys.Grant;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What each tenant may use. One whose limits have changed begins anew with the new ones. Thread-safe. */
@Component
public class Quotas {

    private final long share;
    private final Map<String, Quota> tenants = new ConcurrentHashMap<>();

    @Inject
    Quotas(Identity identity, SecuritySettings settings) {
        this(identity.required(), settings.share());
    }

    private Quotas(boolean limited, long share) {
        this.share = limited ? share : Long.MAX_VALUE;
    }

    /** Where nobody is told from anybody else, and so nobody is limited. */
    public static Quotas none() {
        return new Quotas(false, 1);
    }

    /** @param share how many requests a tenant may have at one time, where its limits do not say */
    static Quotas of(long share) {
        return new Quotas(true, share);
    }

    /** Of the tenant that asks. */
    Quota of(Grant grant) {
        return tenants.compute(grant.tenant(), (tenant, quota) -> {
            if (quota == null) {
                return new Quota(grant.limits(), new AtomicLong(), share);
            }
            return quota.limits().equals(grant.limits()) ? quota : quota.with(grant.limits(), share);
        });
    }

    /** Begins a request, to be ended by {@link Visit#settle}. */
    public void begin(Visit visit) throws QuotaExceededException {
        Quota quota = of(visit.grant());
        visit.quota(quota);
        quota.begin();
        visit.begun();
    }
}
