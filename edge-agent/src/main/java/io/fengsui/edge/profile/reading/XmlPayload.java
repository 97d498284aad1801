package io.fengsui.edge.profile.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Payloads of XML as JSON: what stands in the root element, an object of its children's names; several of one name are a list,
 * and attributes are passed over. Without document types, so that nothing is expanded or fetched; bounded like JSON. Who says
 * GB2312 or GBK as a rule means GB 18030, which holds both.
 */
final class XmlPayload {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_ELEMENTS = 10_000;
    private static final Pattern ENCODING =
            Pattern.compile("\\A\\s*<\\?xml[^>]{0,100}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final Pattern DECLARATION = Pattern.compile("\\A\\s*<\\?xml[^>]{0,200}\\?>");
    private static final int HEAD = 200;

    private final XMLStreamReader reader;
    private int elements;

    private XmlPayload(XMLStreamReader reader) {
        this.reader = reader;
    }

    static JsonNode xml(byte[] payload) throws BadMessageException {
        if (payload.length == 0 || payload.length > Incoming.MAX_PAYLOAD) {
            throw new BadMessageException(
                    payload.length == 0 ? "empty" : "larger than " + Incoming.MAX_PAYLOAD + " bytes");
        }
        String text = DECLARATION.matcher(decoded(payload)).replaceFirst("");
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // Comments may stand before the root.
            }
            JsonNode root = new XmlPayload(reader).element(1);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (XMLStreamException e) {
            throw new BadMessageException("not XML, line " + e.getLocation().getLineNumber() + " column "
                    + e.getLocation().getColumnNumber());
        }
    }

    private static String decoded(byte[] payload) throws BadMessageException {
        String head = new String(payload, 0, Math.min(HEAD, payload.length), StandardCharsets.ISO_8859_1);
        Matcher said = ENCODING.matcher(head);
        String name = said.find() ? said.group(1).toUpperCase(Locale.ROOT) : "UTF-8";
        Charset charset = switch (name) {
            case "UTF-8", "US-ASCII" -> StandardCharsets.UTF_8;
            case "GB2312", "GBK", "GB18030" -> Charset.forName("GB18030");
            default -> throw new BadMessageException("written in " + name + "; UTF-8 and GB 18030 are read");
        };
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            throw new BadMessageException("not XML: not " + charset.name());
        }
    }

    /** The element that the reader stands on; it stands on its end then. */
    private JsonNode element(int depth) throws XMLStreamException, BadMessageException {
        elements++;
        if (depth > MAX_DEPTH || elements > MAX_ELEMENTS) {
            throw new BadMessageException(
                    "nested deeper than " + MAX_DEPTH + " levels, or more than " + MAX_ELEMENTS + " elements");
        }
        ObjectNode children = JsonNodeFactory.instance.objectNode();
        StringBuilder text = new StringBuilder();
        int next = reader.next();
        while (next != XMLStreamConstants.END_ELEMENT) {
            if (next == XMLStreamConstants.START_ELEMENT) {
                add(children, reader.getLocalName(), element(depth + 1));
            } else if (next == XMLStreamConstants.CHARACTERS || next == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            }
            next = reader.next();
        }
        return children.isEmpty()
                ? JsonNodeFactory.instance.textNode(text.toString().strip())
                : children;
    }

    private static void add(ObjectNode children, String name, JsonNode child) {
        JsonNode before = children.get(name);
        switch (before) {
            case null -> children.set(name, child);
            case ArrayNode several -> several.add(child);
            case JsonNode one -> children.putArray(name).add(one).add(child);
        }
    }
}
