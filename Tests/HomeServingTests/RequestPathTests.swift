import HomeServing
import Testing

@Suite struct RequestPathTests {
  @Test func names() throws {
    func path(_ text: Substring) -> RequestPath? { RequestPath.parse(text)?.path }
    #expect(path("/T") == .bare)
    #expect(path("/T/") == .page)
    #expect(path("/T/status") == .status)
    #expect(path("/T/player.js") == .script)
    #expect(path("/T/player.css") == .style)
    #expect(path("/T/1.flac") == .copy(0, name: "1.flac"))
    #expect(path("/T/12.m3u8") == .playlist(11))
    #expect(path("/T/2/init.mp4") == .header(1))
    #expect(path("/T/2/17.m4s") == .segment(1, 17))
    #expect(RequestPath.parse("/T/2/17.m4s")?.token == "T")
  }

  @Test(arguments: [
    "", "T/", "//1.flac/../..", "/T/../etc/passwd", "/T/0.flac", "/T/01.flac", "/T/-1.flac",
    "/T/1", "/T/1/", "/T/1/2/3", "/T/1/x.m4s", "/T/1/00.m4s", "/T/1/.m4s", "/T/key", "/T/1.flac/",
    "/T/99999999999999999999.flac", "/T/%31.flac", "/T/1/99999999999999999999.m4s",
  ])
  func nothing(_ text: String) {
    let parsed = RequestPath.parse(text[...])
    #expect(parsed == nil, "\(text)")
  }
}
