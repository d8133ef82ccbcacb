package io.grevy.model;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Scope;
import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The scope of one loaded model: made when it loads, destroyed, in the reverse order of creation, when it unloads.
 *
 * <p>A pseudo-scope: beans get one another directly, without a client proxy, so no request depends on the thread that
 * runs it. The context is active only on the thread that loads the model, and while it does; all of a model's beans
 * are made then, from its {@link LoadedModel} downwards.
 */
@Scope
@Inherited
@Documented
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface ModelScoped {}
