package io.grevy.gate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets a request pass, or answers it. Thread-safe. */
public interface Guard {

    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain passage)
            throws IOException, ServletException;
}
