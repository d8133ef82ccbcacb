package io.grevy.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;

/**
 * A bean of which there is one, with its dependencies in its constructor. A stereotype, since bean discovery doesn't
 * find a plain {@code @Singleton}, and not {@code @ApplicationScoped}, since that asks for a second, empty constructor.
 */
@Stereotype
@Singleton
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Component {}
