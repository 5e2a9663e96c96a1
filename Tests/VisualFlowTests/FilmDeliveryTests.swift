import AudioMark
import AudioStreams
import Masters
import MovieFragments
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
      # Who jumps into it sees and hears it to the end.
      for s in v a; do
        ffprobe -v error -read_intervals 3 -select_streams $s -show_entries packet=pts_time -of csv=p=0 alice.mp4 |
          sort -g | sed -n '1p;$p' | xargs printf '%.1f '
      done; echo
      mpv --no-config --ao=null --vo=null --start=3 --length=3 --no-input-terminal --msg-level=all=error alice.mp4
      cmp -s alice.mp4 bob.mp4 || echo different
      for name in alice bob; do
        ffmpeg -v error -i $name.mp4 -map 0:a -c copy $name.flac
        flac --totally-silent -t $name.flac
        flac --totally-silent -d -o $name.wav $name.flac
        as cs wm-detect $name.wav | grep '^[a-z]*[.]wav: user' | cut -d ' ' -f 1-4
      done
      ffmpeg -v error -i film.mp4 -map 0:a clean.wav; as cs wm-detect clean.wav || echo $?
      """)
    #expect(
      result.text.split(separator: "\n") == [
        "h264,156", "flac,326", "flac,326", "h264,156", "Title f1,Mizuno", "Order: o1",
        "This copy is personal: it was made for alice and carries a mark.", "2.0 6.5 3.0 6.5 ",
        "different", "alice.wav: user=alice order=o1 content=f1",
        "bob.wav: user=bob order=o2 content=f1",
        "clean.wav: no delivery named", "1",
      ], "\(result.text)\(result.errors)")
  }

  /// A film's sound is marked as the same sound is that is no film's, so all that was measured holds for it.
  @Test func soundOfAFilmIsSound() throws {
    let (film, sound) = (try VisualShell(), try VisualShell())
    let results = try [
      film.run("publish f1 --video-options \"$FAST\" film.mp4"),
      sound.run("ffmpeg -v error -i film.mp4 -c:a pcm_s16le film.wav; publish f1 film.wav"),
    ]
    #expect(results.allSatisfy { $0.status == 0 }, "\(results.map(\.errors))")
    for part in ["a.frames", "b.frames", "fingerprint-key"] {
      let path = "ds.store/masters/f1/" + part
      #expect(try film.folder.read(path) == sound.folder.read(path), "\(part)")
    }
    #expect(
      try film.folder.read("ds.store/masters/f1/sound")
        == sound.folder.read("ds.store/masters/f1/index"))
    // What is read to compare a leak with, from the middle of the frames and beyond both ends.
    let path = "ds.store/masters/f1"
    let frames = try FilmMaster(MasterFiles(path: film.folder.path(path)))
    let samples = try Master(path: sound.folder.path(path))
    let channels = samples.manifest.format.channelCount
    let count = samples.manifest.frameCount
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    for variant in MarkVariant.allCases {
      for _ in 0..<20 {
        let start = Int.random(in: -3000..<count + 1000, using: &random)
        let range = start..<start + Int.random(in: 1...20_000, using: &random)
        let both = try [frames.read, samples.read].map { read in
          var values = [Float](repeating: 9, count: range.count * channels)
          try values.withUnsafeMutableBufferPointer { try read(variant, range, $0) }
          return values
        }
        #expect(both[0] == both[1], "seed \(seed), \(range)")
      }
    }
  }

  /// Hashes are not checked for each copy: segments that have become something else are told.
  @Test func aDamagedSegmentIsTold() throws {
    let result = try VisualShell().run(
      """
      publish f1 --video-options "$FAST" film.mp4
      M=ds.store/masters/f1
      for bytes in '\\377\\377\\377\\377' '\\0\\0\\0\\11' '\\0\\0\\20\\0'; do
        for v in a b; do
          cp -n $M/$v.segments $v.whole
          printf "$bytes" | dd of=$M/$v.segments conv=notrunc 2> /dev/null
        done
        order o$((++n)) alice --content f1 | as ds ds-deliver -o copy.mp4 2> error; echo "$? $(head -n 1 error)"
        ls copy.mp4 2> /dev/null
        for v in a b; do cp $v.whole $M/$v.segments; done
      done
      order o9 alice --content f1 | as ds ds-deliver -o copy.mp4; echo $?
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(result.text)\(result.errors)")
    for line in lines.dropLast() {
      #expect(
        line.hasPrefix("2 ds-deliver: error: the index of the master"), "\(result.text)")
    }
    #expect(lines[3] == "0", "\(result.errors)")
  }

  /// Sound that somebody else encodes is the same in all copies, and only the pictures are marked.
  @Test func soundOfAnotherEncoder() throws {
    let result = try VisualShell().run(
      """
      set -e
      publish f1 --video-options "$FAST" --sound-options '-c:a aac -b:a 128k' film.mp4
      order o1 alice --content f1 | as ds ds-deliver -o alice.mp4
      order o2 bob --content f1 | as ds ds-deliver -o bob.mp4
      ffprobe -v error -count_frames -show_entries stream=codec_name,nb_read_frames -of csv=p=0 alice.mp4
      cmp -s alice.mp4 bob.mp4 || echo different
      cmp <(ffmpeg -v error -i alice.mp4 -map 0:a -c copy -f adts -) \
        <(ffmpeg -v error -i bob.mp4 -map 0:a -c copy -f adts -)
      as cs cs-publish --verify
      """)
    #expect(
      result.text == "h264,156\naac,306\ndifferent\n", "\(result.text)\(result.errors)")
  }

  /// Sound begins with the pictures, keeps its rate where symbols allow it, its channels and its depth, and
  /// may be shorter or longer than they are.
  @Test func soundOfAllKinds() throws {
    let result = try VisualShell().run(
      """
      set -e
      noise() { ffmpeg -v error -f lavfi -i anoisesrc=color=pink:seed=$1:r=$2:amplitude=0.4 -t $3 -ac $4 -c:a $5 $6; }
      noise 1 44100 3.017 2 pcm_s24le short.wav
      noise 2 32000 9 1 pcm_s16le long.wav
      noise 3 48000 6.5 6 pcm_s16le six.wav
      noise 4 11025 6.5 2 pcm_s16le odd.wav
      ffmpeg -v error -f lavfi -i sine=1000:r=48000 -t 0.5 click.wav
      for name in short long six odd; do
        ffmpeg -v error -i film.mp4 -i $name.wav -map 0:v -map 1:a -c copy $name.mkv
        publish $name --video-options "$FAST" $name.mkv
        order o-$name alice --content $name | as ds ds-deliver -o $name.mp4
        ffprobe -v error -count_frames -select_streams a \
          -show_entries stream=sample_rate,channels,bits_per_raw_sample,nb_read_frames -of csv=p=0 $name.mp4
        ffmpeg -v error -xerror -i $name.mp4 -map 0:a -c copy $name.flac; flac --totally-silent -t $name.flac
        soxi -D $name.flac | xargs printf '%.2f\\n'
      done
      # Delayed by a second, and heard a second late.
      ffmpeg -v error -i film.mp4 -itsoffset 1 -i click.wav -map 0:v -map 1:a -c:v copy -c:a pcm_s16le late.mkv
      publish late --video-options "$FAST" late.mkv
      order o-late alice --content late | as ds ds-deliver -o late.mp4
      ffmpeg -v error -i late.mp4 -map 0:a late.wav; sox late.wav heard.wav silence 1 1 0.1%
      for name in heard late; do soxi -D $name.wav | xargs printf '%.2f\\n'; done
      """)
    #expect(
      result.text.split(separator: "\n").map(String.init) == [
        "44100,2,24,151", "3.02", "32000,1,16,450", "9.00", "48000,6,16,325", "6.50",
        "48000,2,16,326", "6.50", "0.50", "1.50",
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
    let master = "ds.store/masters/f1"
    func variants(_ name: String) throws -> [[UInt8]] {
      try ["a", "b"].map { try shell.folder.read("\(master)/\($0).\(name)") }
    }
    let copy = try CopiedFilm(shell.folder.read("alice.mp4"))
    #expect(copy.numbers == Array(1...4))
    let samples = try variants("segments").map { bytes in
      try MovieBox.all(in: bytes, bytes.indices).filter { $0.type == "mdat" }
        .map { Array(bytes[$0.contents]) }
    }
    var pictures = Exchange(samples.map { $0.flatMap(\.self) })
    for (number, segment) in copy.pictures.enumerated() {
      pictures.take(segment, samples.map { $0[number].count })
    }
    #expect(pictures.isAtTheEnd && copy.pictures.count == 4)
    var sound = try Exchange(variants("frames"))
    let index = try shell.folder.read("\(master)/sound")
    func size(_ frame: Int, _ variant: Int) -> Int {
      let place = 16 + 960 + (325 + 7) / 8 + 8 * frame + 4 * variant
      return (0..<4).reduce(0) { $0 | Int(index[place + $1]) << (8 * $1) }
    }
    for (number, frame) in copy.sound.enumerated() {
      sound.take(frame, [size(number, 0), size(number, 1)])
    }
    #expect(sound.isAtTheEnd && (325...326).contains(copy.sound.count))
    // Four segments may all be of one variant, two hundred symbols not.
    #expect(pictures.taken.reduce(0, +) == 4 && sound.taken.allSatisfy { $0 > 50 })
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

  /// What has ten bits is marked and encoded with ten bits, and traced.
  @Test func tenBits() throws {
    let result = try VisualShell().run(
      """
      set -e
      ffmpeg -v error -i film.mp4 -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 \
        -colorspace bt2020nc -c:v libx264 -preset ultrafast -crf 10 -c:a copy ten.mp4
      publish f1 --video-options '-c:v libx264 -preset ultrafast -crf 16' ten.mp4
      order o1 alice --content f1 | as ds ds-deliver -o alice.mp4
      ffprobe -v error -select_streams v -show_entries stream=pix_fmt,color_transfer,color_primaries -of csv=p=0 alice.mp4
      ffmpeg -v error -i alice.mp4 -strict -1 -f yuv4mpegpipe - | (as cs wm-detect - || true) | grep -c segments
      ffmpeg -v error -i ten.mp4 -strict -1 -f yuv4mpegpipe - | publish f2 --video-options "$FAST" -
      order o2 alice --content f2 | as ds ds-deliver -o f2.mp4
      ffprobe -v error -select_streams v -show_entries stream=pix_fmt -of csv=p=0 f2.mp4
      """)
    #expect(
      result.text == "yuv420p10le,smpte2084,bt2020\n1\nyuv420p\n", "\(result.text)\(result.errors)")
  }

  /// Rights stand in the copyright mark of a film's sound, and are refused where there is none.
  @Test func rightsOfFilms() throws {
    let result = try VisualShell().run(
      """
      ffmpeg -v error -i film.mp4 -f lavfi -i anoisesrc=color=pink:seed=6:amplitude=0.4:d=25 -map 0:v -map 1:a \
        -c:v copy -c:a flac long.mkv
      publish f1 --video-options "$FAST" --rights no-broadcast --year 2026 long.mkv; echo $?
      order o1 alice --content f1 | as ds ds-deliver -o alice.mp4
      ffmpeg -v error -i alice.mp4 -map 0:a alice.wav
      (unset SUKASHI_LEDGER; wm-detect --key key alice.wav) | grep -o 'message=[0-9a-f]* key=studio plan=delivery layer=copyright'
      ffmpeg -v error -i film.mp4 -an -c copy mute.mp4
      publish f2 --rights no-broadcast mute.mp4; echo $?
      publish f3 --rights no-broadcast --sound-options '-c:a aac' film.mp4; echo $?
      ls cs.store/masters | grep -v lock
      """)
    #expect(
      result.text
        == "0\nmessage=00010fd4933701e8475f07ea00000004 key=studio plan=delivery layer=copyright\n2\n2\nf1\n",
      "\(result.text)\(result.errors)")
    let errors = result.errors.split(separator: "\n").filter { $0.contains("error:") }
    #expect(errors.count == 2, "\(result.errors)")
    #expect(errors[0].contains("'mute.mp4' has no sound, and only the copyright mark"))
    #expect(errors[1].contains("'film.mp4' has no marked sound"))
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
