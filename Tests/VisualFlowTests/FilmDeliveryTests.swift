import Testing
import _TestSupport

/// A film is encoded twice in segments, and copies are put together from them.
@Suite struct FilmDeliveryTests {
  @Test func aCopyPlaysEverywhere() throws {
    let result = try VisualShell().run(
      """
      set -e
      publish f1 --video-options "$FAST" film.mp4
      order o1 alice --content f1 | as ds ds-deliver -o alice.mp4 --playlist alice.m3u8
      order o2 bob --content f1 | as ds ds-deliver > bob.mp4
      count() { ffprobe -v error -count_frames -show_entries stream=codec_name,nb_read_frames -of csv=p=0 $1; }
      count alice.mp4; count alice.m3u8 | sort -u
      ffprobe -v error -show_entries format_tags=title,artist -of csv=p=0 alice.mp4
      ffprobe -v error -show_entries format_tags=comment -of default=nw=1:nk=1 alice.mp4
      ffmpeg -v error -xerror -i bob.mp4 -f null -
      mpv --no-config --vo=null --ao=null --really-quiet --start=4 --frames=10 alice.mp4
      cmp -s alice.mp4 bob.mp4 || echo different
      cmp <(ffmpeg -v error -i alice.mp4 -map 0:a -c copy -f adts -) \
        <(ffmpeg -v error -i bob.mp4 -map 0:a -c copy -f adts -)
      """)
    #expect(
      result.text.split(separator: "\n") == [
        "h264,156", "aac,281", "aac,281", "h264,156", "Title f1,Mizuno", "Order: o1",
        "This copy is personal: it was made for alice and carries a mark.", "different",
      ], "\(result.text)\(result.errors)")
  }

  /// A copy has each segment, byte for byte, from one of the two variants, and the pictures of A and B
  /// differ by the mark alone.
  @Test func copiesAreBytesOfTheTwoVariants() throws {
    let shell = try VisualShell()
    let result = try shell.run(
      """
      set -e
      publish f1 --video-options "$FAST" film.mp4
      order o1 alice --content f1 | as ds ds-deliver -o alice.mp4
      M=ds.store/masters/f1
      for v in a b; do cat $M/header $M/$v.segments > $v.mp4; done
      for v in a b; do
        ffmpeg -v error -i $v.mp4 -i film.mp4 -filter_complex '[0:v][1:v]psnr=stats_file=-' -f null - |
          sed 's/.*psnr_y:\\([0-9.]*\\).*/\\1/' | sort -n | head -n 1
      done
      """)
    try #require(result.status == 0, "\(result.errors)")
    let lowest = result.text.split(separator: "\n").compactMap { Double($0) }
    #expect(lowest.count == 2 && lowest.allSatisfy { $0 > 30 }, "\(result.text)")
    let copy = try shell.folder.read("alice.mp4")
    let index = try shell.folder.read("ds.store/masters/f1/index")
    let variants = try ["a", "b"].map {
      try shell.folder.read("ds.store/masters/f1/\($0).segments")
    }
    func number(_ place: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(index[place + $1]) << (8 * $1) }
    }
    let count = number(8)
    #expect(count == 4)
    var ends = [variants[0].count, variants[1].count]
    var end = copy.count
    for segment in (0..<count).reversed() {
      let sizes = [number(12 + 12 * segment + 4), number(12 + 12 * segment + 8)]
      let fits = (0..<2).filter { variant in
        copy[..<end].suffix(sizes[variant])
          == variants[variant][..<ends[variant]].suffix(sizes[variant])
      }
      #expect(fits.count == 1, "segment \(segment) fits \(fits)")
      end -= sizes[fits.first ?? 0]
      for variant in 0..<2 { ends[variant] -= sizes[variant] }
    }
    #expect(ends == [0, 0])
  }

  @Test func uncompressedFilmComesFromAPipe() throws {
    let result = try VisualShell().run(
      """
      set -e
      ffmpeg -v error -i film.mp4 -t 3 -r 30000/1001 -f yuv4mpegpipe - |
        publish f2 --video-options "$FAST" -
      order o1 alice --content f2 | as ds ds-deliver -o alice.mp4
      ffprobe -v error -count_frames -show_entries stream=codec_name,nb_read_frames,r_frame_rate \
        -of csv=p=0 alice.mp4
      """)
    #expect(result.text == "h264,30000/1001,90\n", "\(result.text)\(result.errors)")
  }

  @Test func theSameFileIsNotEncodedAgain() throws {
    let result = try VisualShell().run(
      """
      publish f1 --video-options "$FAST" film.mp4; wc -l < l
      mkdir bin; printf '#!/bin/sh\\nexit 9\\n' > bin/ffmpeg; chmod +x bin/ffmpeg
      PATH=$PWD/bin:$PATH publish f1 --video-options "$FAST" film.mp4; echo $?
      PATH=$PWD/bin:$PATH publish f2 --video-options "$FAST" film.mp4; echo $?
      wc -l < l; ls -A cs.store/masters | grep -v lock
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    #expect(lines == ["8", "0", "2", "8", "f1"], "\(result.text)\(result.errors)")
    #expect(result.errors.contains("'ffmpeg' ended with status 9"), "\(result.errors)")
  }

  @Test func whatCannotBePublished() throws {
    let result = try VisualShell().run(
      """
      say() { "$@" > /dev/null 2> error; echo "$? $(head -n 1 error)"; }
      head -c 100000 film.mp4 > cut.mp4; say publish c --video-options "$FAST" cut.mp4
      ffmpeg -v error -f lavfi -i sine=440 -t 3 -c:a aac sound.m4a; say publish c sound.m4a
      cat film.mp4 | say publish c -
      say publish c --video-options '-c:v nonsense' film.mp4
      say publish c --video-options '-c:v libx264 -x264-params keyint=10' film.mp4
      ffmpeg -v error -i film.mp4 -t 1 -f yuv4mpegpipe f.y4m; head -c 300000 f.y4m > cut.y4m
      say publish c --video-options "$FAST" cut.y4m
      wm-embed --message 00010002000300000000000400000005 -o marked.y4m f.y4m
      say publish c --video-options "$FAST" marked.y4m
      ls -A cs.store/masters | grep -v lock; grep -c published l
      publish f1 --video-options "$FAST" film.mp4
      order o1 alice --content f1 > order
      say as ds ds-deliver -f wav order
      say as ds ds-deliver --playlist x.m3u8 order
      order o2 alice --content f1 > order
      printf x | dd of=ds.store/masters/f1/index bs=1 seek=20 conv=notrunc 2> /dev/null
      say as ds ds-deliver -o copy.mp4 order; ls copy* 2> /dev/null | wc -l
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 12, "\(result.text)\(result.errors)")
    #expect(lines[0].hasPrefix("2 cs-publish: error: 'ff"), "\(lines)")
    #expect(
      lines[1] == "2 cs-publish: error: 'sound.m4a' has sound and no moving pictures", "\(lines)")
    #expect(lines[2].hasPrefix("2 cs-publish: error: a film comes from a file"), "\(lines)")
    #expect(lines[3].hasPrefix("2 cs-publish: error: 'ffmpeg' ended"), "\(lines)")
    #expect(lines[4].hasPrefix("2 cs-publish: error: cannot encode the master"), "\(lines)")
    #expect(lines[5].hasPrefix("2 cs-publish: error: 'cut.y4m'"), "\(lines)")
    #expect(lines[6].hasPrefix("2 cs-publish: error: 'marked.y4m' already carries"), "\(lines)")
    #expect(lines[7] == "0", "\(lines)")
    #expect(lines[8] == "2 ds-deliver: error: 'f1' is delivered as mp4, not as wav", "\(lines)")
    #expect(lines[9].hasPrefix("2 ds-deliver: error: --playlist is for one film"), "\(lines)")
    #expect(lines[10].hasPrefix("2 ds-deliver: error: 'index' of the master"), "\(lines)")
    #expect(lines[11] == "0", "\(lines)")
  }
}
