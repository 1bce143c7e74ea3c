/// The page at `/` for a person who opens the address in a browser.
enum IndexPage {
    /// The page's octets.
    static func html(metricsPath: String) -> [UInt8] {
        let path = escaped(metricsPath)
        return Array(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Metrics</title>
            <link rel="icon" href="data:,">
            <style>body{font:1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}</style>
            </head>
            <body>
            <h1>Metrics</h1>
            <ul>
            <li><a href="\(path)">\(path)</a>: the page that a scraper reads</li>
            <li><a href="/health">/health</a>: answers <code>ok</code> while this server runs</li>
            </ul>
            </body>
            </html>

            """.utf8)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
