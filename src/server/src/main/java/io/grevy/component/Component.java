package io.grevy.component;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A bean of which the application has one. A stereotype, since a plain {@code @Singleton} is not discovered and a
 * normal scope would want a constructor without arguments for its proxy.
 */
@Stereotype
@Singleton
@Documented
@Target(TYPE)
@Retention(RUNTIME)
public @interface Component {}
