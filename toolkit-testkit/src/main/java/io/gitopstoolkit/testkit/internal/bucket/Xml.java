package io.gitopstoolkit.testkit.internal.bucket;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An XML document in the making, as S3 writes it: elements and text, no attributes. */
final class Xml {
    /** The name space of S3's documents. */
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** A document with that root, in a name space or, where that is empty, in none. */
    Xml(String root, String namespace) {
        out.append('<').append(root);
        if (!namespace.isEmpty()) {
            out.append(" xmlns=\"").append(namespace).append('"');
        }
        out.append('>');
        open.push(root);
    }

    Xml open(String name) {
        out.append('<').append(name).append('>');
        open.push(name);
        return this;
    }

    Xml close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    Xml text(String name, String value) {
        open(name);
        for (int i = 0; i < value.length(); i++) {
            append(value.charAt(i));
        }
        return close();
    }

    /** Closes what is open, and returns the whole. */
    String end() {
        while (!open.isEmpty()) {
            close();
        }
        return out.toString();
    }

    private void append(char c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\r' -> out.append("&#13;");
            default -> out.append(c);
        }
    }

    /**
     * The elements of that name in a document, each with the texts of its children by their names.
     *
     * @throws S3Exception if it is no XML
     */
    static List<Map<String, String>> read(byte[] document, String element) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var found = new ArrayList<Map<String, String>>();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals(element)) {
                    found.add(children(reader));
                }
            }
            return found;
        } catch (XMLStreamException e) {
            throw new S3Exception(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
    }

    private static Map<String, String> children(XMLStreamReader reader) throws XMLStreamException {
        var texts = new LinkedHashMap<String, String>();
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String name = reader.getLocalName();
            texts.put(name, reader.getElementText());
        }
        return texts;
    }
}
