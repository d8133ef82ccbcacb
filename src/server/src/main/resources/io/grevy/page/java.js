import { chatRequest, picturesOf } from "./request.js";

/** A Java program of one file, without any library, that asks the same and prints the whole answer's JSON. */
export function java({ base, keyed, model, messages, sampling }) {
  const pictures = picturesOf(messages);
  const body = chatRequest(model, messages, sampling, (picture) => `%${pictures.indexOf(picture) + 1}$s`);
  const text = template(body, pictures);
  const images = pictures.map(({ name, type }) => `image(${string(name)}, ${string(type)})`);
  const filled = images.length > 0 ? `.formatted(${images.join(", ")})` : "";
  return [
    "import java.net.URI;",
    "import java.net.http.HttpClient;",
    "import java.net.http.HttpRequest;",
    "import java.net.http.HttpResponse;",
    ...(pictures.length > 0 ? IMAGE_IMPORTS : []),
    "",
    "public class Ask {",
    "    public static void main(String[] arguments) throws Exception {",
    `        String body = """\n${text.replaceAll(/^/gm, "            ")}"""${filled};`,
    `        HttpRequest request = HttpRequest.newBuilder(URI.create(${string(`${base}v3/chat/completions`)}))`,
    '            .header("Content-Type", "application/json")',
    ...(keyed ? ['            .header("Authorization", "Bearer " + System.getenv("GREVY_API_KEY"))'] : []),
    "            .POST(HttpRequest.BodyPublishers.ofString(body))",
    "            .build();",
    "        HttpClient client = HttpClient.newHttpClient();",
    "        System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).body());",
    "    }",
    ...(pictures.length > 0 ? [IMAGE] : []),
    "}\n",
  ].join("\n");
}

const IMAGE_IMPORTS = ["import java.nio.file.Files;", "import java.nio.file.Path;", "import java.util.Base64;"];
const IMAGE = `
    static String image(String path, String type) throws Exception {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(path)));
    }`;

// Where it is a format, the marks of the pictures alone, which are the URLs, are its own.
function template(body, pictures) {
  const escaped = (key, value) => (typeof value === "string" && key !== "url" ? value.replaceAll("%", "%%") : value);
  return ascii(JSON.stringify(body, pictures.length > 0 ? escaped : null, 2).replaceAll("\\", "\\\\"));
}

const string = (text) => ascii(JSON.stringify(text));

// So that it does not matter in which encoding the file is kept.
const ascii = (text) => text.replaceAll(/[^\n -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
