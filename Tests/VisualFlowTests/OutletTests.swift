import Testing
import _TestSupport

/// Home servers and shops take pictures and films as they take sound.
@Suite struct OutletTests {
  @Test func aHomeServerHoldsAndServesThem() throws {
    let result = try VisualShell().run(
      """
      set -e
      publish f1 --video-options "$FAST" film.mp4; publish p1 a.png
      order o1 alice --content f1 --content p1 --home home --use view > order
      as ds ds-deliver -o o1.tar order
      as home hs-store put o1.tar
      as home hs-store play o1 < /dev/null > played 2> error || head -n 1 error
      (
        export SUKASHI_AS=home SUKASHI_SIGNING_KEY=home.key SUKASHI_STORE=home.store
        exec $HS serve --listen 127.0.0.1:0 --print-urls > urls
      ) & server=$!
      trap 'kill -9 $server 2> /dev/null || true' EXIT
      for i in {1..100}; do [ -s urls ] && break; sleep 0.1; done
      URL=$(cut -f 2 urls)
      tar xf o1.tar
      curl -sf ${URL}1.mp4 | cmp - 1.mp4
      curl -sf ${URL}2.png | cmp - 2.png
      cmp <(curl -sf -r 1000-2999 ${URL}1.mp4) <(tail -c +1001 1.mp4 | head -c 2000)
      for f in 1.mp4 2.png 1.m3u8; do curl -sf -o /dev/null -w '%{content_type} ' $URL$f; done; echo
      ffprobe -v error -count_frames -show_entries stream=codec_name,nb_read_frames -of csv=p=0 ${URL}1.m3u8 |
        sort -u
      for f in 2.m3u8 1/init.mp4 1/0.m4s; do curl -s -o /dev/null -w '%{http_code} ' $URL$f; done; echo
      curl -sf $URL | grep -o '<video\\|data-kind="[a-z]*"'
      sleep 4
      kill $server && wait $server
      as home hs-store list | cut -f 1-4
      as home hs-store finish o1
      find home.store -name '*.sealed' | wc -l
      grep -o '"kind":"billed"' l | wc -l
      cat 1.mp4 | ffmpeg -v error -i - -f null -
      as cs wm-detect 2.png | cut -d ' ' -f 1-3
      """)
    #expect(
      result.text.split(separator: "\n") == [
        "hs-store: error: '1.mp4' is not audio: format not recognised",
        "video/mp4 image/png application/vnd.apple.mpegurl ", "flac,326", "h264,156",
        "404 404 404 ", "<video", "data-kind=\"film\"", "data-kind=\"picture\"",
        "o1\talice\tf1,p1\theld", "0", "1", "2.png: user=alice order=o1",
      ], "\(result.text)\(result.errors)")
  }

  @Test func aShopWritesThemOnADataDisc() throws {
    let result = try VisualShell().run(
      """
      set -e
      publish f1 --video-options "$FAST" film.mp4; publish p1 a.jpg
      order o1 alice --content f1 --content p1 --shop shop --medium dvd-r > order
      as ds ds-deliver -o o1.tar order; tar xf o1.tar
      as shop shop-burn o1.tar --image disc.iso
      7z x -y -odisc disc.iso > /dev/null
      find disc -iname '*f1*' -exec cmp {} 1.mp4 ';'
      find disc -iname '*p1*' -exec cmp {} 2.jpg ';'
      find disc -type f | wc -l
      as cs wm-detect disc/*p1* | cut -d ' ' -f 1-3
      order o2 alice --content f1 --shop shop --medium cd-r | as ds ds-deliver -o o2.tar
      as shop shop-burn o2.tar --image disc.cue 2> error || echo "$? $(head -n 1 error)"
      grep -c '"kind":"burned"' l
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(result.text)\(result.errors)")
    #expect(lines[0] == "4")
    #expect(lines[1].hasSuffix(": user=alice order=o1"))
    #expect(lines[2] == "2 shop-burn: error: '1.mp4' is not audio: format not recognised")
    #expect(lines[3] == "1")
  }
}
