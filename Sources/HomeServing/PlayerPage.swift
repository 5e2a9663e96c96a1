import HomeServer

/// The page on which a browser plays what is held: no resource from elsewhere, nothing inline.
enum PlayerPage {
  /// What a browser may load for the page: its own script, style, and what is held.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; media-src 'self'; img-src 'self'; "
    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  /// The page.
  ///
  /// - Parameter items: the copies, in their order.
  /// - Returns: HTML.
  static func html(_ items: [ServedItem]) -> String {
    var titles = ""
    for item in items {
      let name = escaped(item.title ?? "Title \(item.number + 1)")
      let artist = item.artist.map { " – " + escaped($0) } ?? ""
      titles += """
        <li><button type="button" class="title" data-src="\(item.name)" \
        data-kind="\(item.kind)" data-milliseconds="\(item.times.milliseconds)">\(name)\(artist)</button></li>

        """
    }
    // A player of films plays sound as well.
    let player = items.contains { $0.kind == "film" } ? "video" : "audio"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(items.first?.title ?? "Player"))</title>
      <link rel="stylesheet" href="player.css">
      <script src="player.js" defer></script>
      </head>
      <body>
      <main>
      <h1 id="now">\(escaped(items.first?.title ?? "Player"))</h1>
      <\(player) id="audio" preload="none"></\(player)>
      <img id="picture" alt="" hidden>
      <div class="controls" role="group" aria-label="Player">
      <button type="button" id="back">Back 10 seconds</button>
      <button type="button" id="play" aria-pressed="false">Play</button>
      <button type="button" id="stop">Stop</button>
      <button type="button" id="forward">Forward 10 seconds</button>
      </div>
      <p><label for="position">Position</label>
      <input type="range" id="position" min="0" max="1" step="1" value="0">
      <span id="time" role="timer" aria-live="off">0:00</span></p>
      <p id="cost" role="status" aria-live="polite"></p>
      <p id="trouble" role="alert"></p>
      <h2 id="titles">Titles</h2>
      <ol aria-labelledby="titles">
      \(titles)</ol>
      <p>Keys: space plays and pauses, S stops, the left and right arrows move by ten seconds.</p>
      <noscript><p>Without scripts, open a title in your player: \(links(items))</p></noscript>
      </main>
      </body>
      </html>

      """
  }

  private static func links(_ items: [ServedItem]) -> String {
    items.map { item in
      "<a href=\"\(item.name)\">\(escaped(item.title ?? item.name))</a>"
    }.joined(separator: ", ")
  }

  /// A text as HTML.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }
}

extension ServedItem {
  /// What the page has to show.
  fileprivate var kind: String {
    switch medium {
    case .sound: "sound"
    case .film: "film"
    case .picture: "picture"
    }
  }
}
