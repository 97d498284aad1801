package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.settings.Secret;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who wants to hurt the hub over plain sockets is cut, and everybody else is served meanwhile. */
class HubHostileTest {
    private static final String REPORTS = "/api/v1/reports";
    private static final long GIB = 1L << 30;
    /** The connection ended without an answer that could still be read. */
    private static final int CUT = -1;
    /** What the sockets of both sides may hold of what nobody reads. */
    private static final long IN_SOCKETS = 32L << 20;

    private TestTown town;

    @BeforeEach
    void start(@TempDir Path data) {
        town = new TestTown(data);
    }

    @AfterEach
    void stop() {
        town.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.hub.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private void everybodyElseIsServed() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + town.hub.port() + "/api/v1/tickets"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    /** CVE-2023-44487: streams are opened and reset faster than anything could come of them. */
    @Test
    void whoResetsStreamsAllTheTimeIsSentAway() throws Exception {
        Thread attack;
        try (Socket socket = connect()) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
            frame(out, 4, 0, 0, new byte[0]); // SETTINGS
            attack = Thread.ofVirtual().start(() -> resetAllTheTime(out));
            int goAway = -1;
            while (goAway < 0) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                in.skipNBytes(5);
                byte[] payload = in.readNBytes(length);
                if (type == 7) {
                    goAway = payload[7];
                }
            }
            assertThat(goAway).as("ENHANCE_YOUR_CALM").isEqualTo(0xb);
            everybodyElseIsServed();
        }
        attack.join();
    }

    private void resetAllTheTime(DataOutputStream out) {
        // GET http / with an authority: of the static table of HPACK (RFC 7541, appendix A), and one literal.
        byte[] headers = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'};
        try {
            for (int stream = 1; stream < 200_000; stream += 2) {
                frame(out, 1, 5, stream, headers); // HEADERS, with END_HEADERS and END_STREAM
                frame(out, 3, 0, stream, new byte[] {0, 0, 0, 8}); // RST_STREAM, CANCEL
            }
        } catch (IOException _) {
            // The hub closed the connection, as it should.
        }
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(whole);
        to.writeByte(payload.length >> 16);
        to.writeShort(payload.length);
        to.writeByte(type);
        to.writeByte(flags);
        to.writeInt(stream);
        to.write(payload);
        out.write(whole.toByteArray());
    }

    /** A body of a gigabyte whose length is not said. */
    @Test
    void whoSendsWithoutEndIsCutAfterAMegabyteOrSo() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("transfer-encoding: chunked"));
            byte[] chunk = new byte[64 << 10];
            Arrays.fill(chunk, (byte) ' ');
            Thread attack = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.get() < GIB) {
                        out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(US_ASCII));
                        out.write(chunk);
                        out.write("\r\n".getBytes(US_ASCII));
                        sent.addAndGet(chunk.length);
                    }
                } catch (IOException _) {
                    // The hub closed the connection, as it should.
                }
            });
            assertThat(status(socket)).isIn(413, CUT);
            attack.join();
        }
        assertThat(sent.get()).isLessThan(IN_SOCKETS);
        everybodyElseIsServed();
    }

    @Test
    void whoAnnouncesAGigabyteIsRefusedAndCutAsSoonAsItComes() throws Exception {
        long sent = 0;
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("content-length: " + GIB));
            assertThat(status(socket)).isEqualTo(413);
            byte[] more = new byte[64 << 10];
            try {
                while (sent < GIB) {
                    out.write(more);
                    sent += more.length;
                }
            } catch (SocketException _) {
                // The hub closed the connection, as it should.
            }
        }
        assertThat(sent).isLessThan(IN_SOCKETS);
        everybodyElseIsServed();
    }

    /** The hub unpacks nothing: sixteen kilobytes stay sixteen kilobytes, whatever they would become. */
    @Test
    void aBodyThatIsPackedIsNotUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 12; i++) {
                gzip.write(blanks);
            }
        }
        byte[] bomb = packed.toByteArray();
        assertThat(bomb.length).isLessThan(16 << 10);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head("content-encoding: gzip\r\ncontent-length: " + bomb.length));
            socket.getOutputStream().write(bomb);
            assertThat(status(socket)).isEqualTo(415);
        }
        everybodyElseIsServed();
    }

    @Test
    void whoSendsHeadersWithoutEndIsCut() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET / HTTP/1.1\r\nhost: x\r\n".getBytes(US_ASCII));
            byte[] line = ("x-filler: " + "x".repeat(1_000) + "\r\n").getBytes(US_ASCII);
            Thread attack = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.get() < GIB) {
                        out.write(line);
                        sent.addAndGet(line.length);
                    }
                } catch (IOException _) {
                    // The hub closed the connection, as it should.
                }
            });
            assertThat(status(socket)).isIn(400, 414, 431, CUT);
            attack.join();
        }
        assertThat(sent.get()).isLessThan(IN_SOCKETS);
        everybodyElseIsServed();
    }

    /** The hub's clock stands still here: whoever is put off is so until it is moved, and nobody else ever. */
    @Test
    void aProgramThatRunsWildIsPutOffForAMomentAndNobodyElse() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = untilPutOff(client);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
            assertThat(answer.body()).contains("urn:fengsui:problem:too-many");

            everybodyElseIsServed();
            for (String watched : List.of("/healthz", "/readyz", "/metrics")) {
                assertThat(get(client, watched).statusCode()).as(watched).isEqualTo(200);
            }
            assertThat(get(client, "/icon.svg").statusCode()).isEqualTo(429);
            town.time.advance(Duration.ofSeconds(1));
            assertThat(get(client, "/icon.svg").statusCode()).isEqualTo(200);
        }
    }

    /** Also of what is open to everybody: thousands may sign in from one address. */
    @Test
    void whoeverIsSignedInCountsByNameAndNotByAddress(@TempDir Path other) throws Exception {
        town.close();
        String token = "console-token-of-16-or-more";
        town = new TestTown(TestTown.settings(other, null, null, Secret.of(token)));
        String[] bearer = {"authorization", "Bearer " + token};
        try (HttpClient client = HttpClient.newHttpClient()) {
            untilPutOff(client, bearer);
            assertThat(get(client, "/icon.svg").statusCode()).isEqualTo(200);
            assertThat(get(client, "/api/v1/tickets", bearer).statusCode()).isEqualTo(429);

            town.time.advance(Duration.ofMinutes(1));
            untilPutOff(client);
            assertThat(get(client, "/icon.svg", bearer).statusCode()).isEqualTo(200);
            assertThat(get(client, "/icon.svg", "authorization", "Bearer of nothing that is known")
                            .statusCode())
                    .isEqualTo(429);
        }
    }

    private HttpResponse<String> untilPutOff(HttpClient client, String... headers) throws Exception {
        HttpResponse<String> answer = get(client, "/icon.svg", headers);
        int asked = 1;
        while (answer.statusCode() == 200 && asked < 5_000) {
            answer = get(client, "/icon.svg", headers);
            asked++;
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(asked).isEqualTo(2_001);
        return answer;
    }

    private HttpResponse<String> get(HttpClient client, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + town.hub.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private byte[] head(String more) {
        return ("POST " + REPORTS + " HTTP/1.1\r\nhost: 127.0.0.1:" + town.hub.port()
                        + "\r\ncontent-type: application/json\r\n" + more + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    /** Of the answer; who goes on sending may lose it with the connection. */
    private static int status(Socket socket) throws IOException {
        try {
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            return line == null ? CUT : Integer.parseInt(line.split(" ")[1]);
        } catch (SocketException e) {
            return CUT;
        }
    }
}
