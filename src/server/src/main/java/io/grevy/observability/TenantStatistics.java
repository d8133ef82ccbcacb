package io.grevy.observability;

import io.grevy.component.Component;
import io.grevy.inference.Usage;
import io.grevy.security.Meter;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What each tenant has used, labelled {@code tenant}: as many series as tenants have asked. Thread-safe. */
@Component
class TenantStatistics implements Meter {

    private final MetricRegistry registry;

    @Inject
    TenantStatistics(MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(String tenant, int status, Usage usage, int pictures) {
        Tag tag = new Tag("tenant", tenant);
        registry.counter(
                        metadata("grevy:tenant_requests", "Requests of a tenant, by their answers' status"),
                        tag,
                        new Tag("status", String.valueOf(status)))
                .inc();
        count("grevy:tenant_prompt_tokens", "Tokens of a tenant's prompts", tag, usage.promptTokens());
        count("grevy:tenant_generation_tokens", "Tokens generated for a tenant", tag, usage.completionTokens());
        count("grevy:tenant_pictures", "Pictures and videos of a tenant", tag, pictures);
    }

    private void count(String name, String description, Tag tenant, long count) {
        registry.counter(metadata(name, description), tenant).inc(count);
    }

    private static Metadata metadata(String name, String description) {
        return Metadata.builder().withName(name).withDescription(description).build();
    }
}
