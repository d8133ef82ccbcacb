package io.grevy.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;

/** The two things asked of the network; tests put their own in its place. */
interface Network {

    /** All addresses of a name; blocks. */
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /** Connects a socket to exactly this address. */
    void connect(Socket socket, InetSocketAddress address, int timeoutMillis) throws IOException;

    /** The real one. */
    final class System implements Network {

        @Override
        public List<InetAddress> resolve(String name) throws UnknownHostException {
            return List.of(InetAddress.getAllByName(name));
        }

        @Override
        public void connect(Socket socket, InetSocketAddress address, int timeoutMillis) throws IOException {
            socket.connect(address, timeoutMillis);
        }
    }
}
