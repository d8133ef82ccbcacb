package io.grevy.model;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A class of which each loaded model has one. A stereotype, since a pseudo-scope alone does not make a bean found. */
@Stereotype
@ModelScoped
@Documented
@Target(TYPE)
@Retention(RUNTIME)
public @interface ModelComponent {}
