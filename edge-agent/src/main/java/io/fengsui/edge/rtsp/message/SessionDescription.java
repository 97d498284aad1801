package io.fengsui.edge.rtsp.message;

import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.bitstream.MalformedBitstreamException;
import io.fengsui.edge.bitstream.NalUnit;
import io.fengsui.edge.bitstream.ParameterSets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What we need of SDP (RFC 8866): the media with their formats. Lines that nobody needs are not even looked at, because
 * cameras get them wrong in every way; a broken line costs what it says and nothing else.
 *
 * @param control of the whole session
 */
public record SessionDescription(@Nullable String control, List<Media> media) {
    private static final String H264 = "H264";
    private static final String H265 = "H265";

    static final int MAX_MEDIA = 32;
    static final int MAX_FORMATS = 16;

    private static final int DEFAULT_CLOCK_RATE = 90_000;
    private static final int MAX_CLOCK_RATE = 100_000_000;

    /** One m= section. */
    record Media(String type, @Nullable String control, List<Format> formats) {}

    /**
     * A payload type with its rtpmap and fmtp.
     *
     * @param parameterSets of its codec, as far as they are told here
     * @param hasOrderNumbers whether packets carry decoding order numbers (RFC 7798, 7.1: sprop-max-don-diff)
     */
    public record Format(
            int payloadType, String encoding, int clockRate, ParameterSets parameterSets, boolean hasOrderNumbers) {}

    /** The stream to SETUP. */
    public record VideoStream(@Nullable String control, Format format) {}

    public SessionDescription {
        media = List.copyOf(media);
    }

    public static SessionDescription parse(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        SdpReader reader = new SdpReader();
        text.lines().map(String::strip).forEach(reader::line);
        return reader.finish();
    }

    /** The first format of the first video that has one that we can take apart: H.264 or H.265. */
    public Optional<VideoStream> video() {
        for (Media each : media) {
            for (Format format : each.formats()) {
                if (each.type().equals("video") && isKnown(format.encoding())) {
                    return Optional.of(new VideoStream(each.control(), format));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isKnown(String encoding) {
        return encoding.equals(H264) || encoding.equals(H265);
    }

    /** What there is instead, for people. */
    public String encodings() {
        List<String> names = media.stream()
                .flatMap(each -> each.formats().stream().map(format -> each.type() + " " + format.encoding()))
                .limit(8)
                .toList();
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }

    static int clockRate(String text) {
        try {
            long rate = Long.parseLong(text.strip());
            return rate > 0 && rate <= MAX_CLOCK_RATE ? (int) rate : DEFAULT_CLOCK_RATE;
        } catch (NumberFormatException e) {
            return DEFAULT_CLOCK_RATE;
        }
    }

    /** RFC 6184, 8.1, and RFC 7798, 7.1: base64 with commas. What cannot be read is left out: the stream brings its own. */
    static ParameterSets sprop(Codec codec, String value) {
        ParameterSets sets = ParameterSets.none(codec);
        for (String part : value.split(",", MAX_FORMATS)) {
            sets = withBase64(sets, part.strip());
        }
        return sets;
    }

    private static ParameterSets withBase64(ParameterSets known, String text) {
        ParameterSets sets = known;
        try {
            for (NalUnit unit : AnnexB.split(Base64.getDecoder().decode(text))) {
                if (ParameterSets.isParameterSet(known.codec(), unit)) {
                    sets = sets.with(unit);
                }
            }
            return sets;
        } catch (IllegalArgumentException | MalformedBitstreamException e) {
            return sets;
        }
    }

    /** Collects line by line. */
    private static final class SdpReader {
        private final List<Media> media = new ArrayList<>();
        private @Nullable String sessionControl;
        private @Nullable OpenMedia open;

        void line(String line) {
            if (line.startsWith("m=")) {
                close();
                open = media.size() < MAX_MEDIA ? OpenMedia.of(line.substring(2)) : null;
            } else if (line.startsWith("a=control:")) {
                String control = line.substring("a=control:".length()).strip();
                if (open != null) {
                    open.control = control;
                } else if (media.isEmpty()) {
                    sessionControl = control;
                }
            } else if (line.startsWith("a=") && open != null) {
                open.attribute(line.substring(2));
            }
        }

        SessionDescription finish() {
            close();
            return new SessionDescription(sessionControl, media);
        }

        private void close() {
            if (open != null) {
                media.add(open.toMedia());
                open = null;
            }
        }
    }

    private static final class OpenMedia {
        private final String type;
        private final List<Integer> payloadTypes = new ArrayList<>();
        private final List<String> rtpmaps = new ArrayList<>();
        private final List<String> fmtps = new ArrayList<>();
        private @Nullable String control;

        private OpenMedia(String type) {
            this.type = type;
        }

        static OpenMedia of(String value) {
            String[] words = value.strip().split("\\s+", MAX_FORMATS + 4);
            OpenMedia media = new OpenMedia(words[0].toLowerCase(Locale.ROOT));
            for (int i = 3; i < Math.min(words.length, MAX_FORMATS + 3); i++) {
                int payloadType = payloadType(words[i]);
                if (payloadType >= 0 && !media.payloadTypes.contains(payloadType)) {
                    media.payloadTypes.add(payloadType);
                }
            }
            return media;
        }

        void attribute(String text) {
            String name = text.toLowerCase(Locale.ROOT);
            if (name.startsWith("rtpmap:") && rtpmaps.size() < MAX_FORMATS) {
                rtpmaps.add(text.substring("rtpmap:".length()).strip());
            } else if (name.startsWith("fmtp:") && fmtps.size() < MAX_FORMATS) {
                fmtps.add(text.substring("fmtp:".length()).strip());
            }
        }

        Media toMedia() {
            return new Media(
                    type, control, payloadTypes.stream().map(this::format).toList());
        }

        private Format format(int payloadType) {
            String fmtp = valueOf(fmtps, payloadType);
            String sprop = parameter(fmtp, "sprop-parameter-sets");
            String[] map = valueOf(rtpmaps, payloadType).split("/", 3);
            String encoding = map[0].strip().toUpperCase(Locale.ROOT);
            if (encoding.isEmpty() && !sprop.isEmpty()) {
                encoding = H264;
            }
            int rate = clockRate(map.length > 1 ? map[1] : "");
            if (encoding.equals(H265) || encoding.equals("HEVC")) {
                String sets = String.join(
                        ",", parameter(fmtp, "sprop-vps"), parameter(fmtp, "sprop-sps"), parameter(fmtp, "sprop-pps"));
                boolean hasOrderNumbers = isPositive(parameter(fmtp, "sprop-max-don-diff"));
                return new Format(payloadType, H265, rate, sprop(Codec.H265, sets), hasOrderNumbers);
            }
            return new Format(payloadType, encoding, rate, sprop(Codec.H264, sprop), false);
        }

        private static boolean isPositive(String number) {
            return number.matches("0*[1-9][0-9]{0,8}");
        }

        private static String valueOf(List<String> attributes, int payloadType) {
            for (String attribute : attributes) {
                String[] words = attribute.split("\\s+", 2);
                if (words.length == 2 && payloadType(words[0]) == payloadType) {
                    return words[1].strip();
                }
            }
            return "";
        }

        private static String parameter(String fmtp, String name) {
            for (String part : fmtp.split(";")) {
                int equals = part.indexOf('=');
                if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
                    return part.substring(equals + 1).strip();
                }
            }
            return "";
        }

        private static int payloadType(String word) {
            try {
                int value = Integer.parseInt(word);
                return value >= 0 && value <= 127 ? value : -1;
            } catch (NumberFormatException e) {
                return -1;
            }
        }
    }
}
