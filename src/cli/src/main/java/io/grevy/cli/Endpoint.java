package io.grevy.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;

/** Where the server listens. */
record Endpoint(String address, int port) {

    /** What a client on this machine asks. */
    URI uri(String path) {
        return URI.create("http://" + reachable() + ":" + port + path);
    }

    /** @throws UsageException where the server could not listen there */
    void requireFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(everywhere() ? "0.0.0.0" : address), port));
        } catch (UnknownHostException e) {
            throw new UsageException("rest_bind_address '" + address + "': no such host", e);
        } catch (BindException e) {
            throw new UsageException(refusal(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new UsageException("cannot listen on " + address + " port " + port + ": " + e.getMessage(), e);
        }
    }

    private String refusal(String cause) {
        if (cause.contains("in use")) {
            return "port " + port + " on " + address + " is in use already; give another with --rest_port";
        }
        if (cause.contains("assign")) {
            return "rest_bind_address '" + address + "': not an address of this machine";
        }
        return "cannot listen on " + address + " port " + port + ": " + cause;
    }

    private String reachable() {
        if (everywhere()) {
            return "127.0.0.1";
        }
        if (address.equals("::")) {
            return "[::1]";
        }
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private boolean everywhere() {
        return address.equals("0.0.0.0") || address.equals("*");
    }
}
