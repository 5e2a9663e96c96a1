import AudioStreams
import HomeServer

/// FLAC in fragmented MP4: the pieces of an HLS stream.
///
/// Boxes are those of ISO/IEC 14496-12; FLAC in them as in "Encapsulation of FLAC in ISO Base Media
/// File Format", with the metadata block STREAMINFO in `dfLa`.
struct FragmentedMP4 {
  let sampleRate: Int
  let channelCount: Int
  let bits: Int
  /// Samples in a FLAC frame.
  let blockFrames: Int

  /// The header that stands before all segments.
  func header() -> [UInt8] {
    var file = BigEndianBytes()
    file.box("ftyp") { box in
      box.append("iso5")
      box.append(UInt32(0))
      box.append("iso5iso6mp41")
    }
    file.box("moov") { box in
      movieHeader(&box)
      track(&box)
      box.box("mvex") { box in
        box.box("trex") { box in
          box.append(UInt32(0))
          for number: UInt32 in [1, 1, UInt32(blockFrames), 0, 0] { box.append(number) }
        }
      }
    }
    return file.bytes
  }

  private func movieHeader(_ file: inout BigEndianBytes) {
    file.box("mvhd") { box in
      box.append(UInt32(0))
      box.append(zeros: 8)
      box.append(UInt32(sampleRate))
      box.append(UInt32(0))
      box.append(UInt32(0x0001_0000))
      box.append(UInt16(0x0100))
      box.append(zeros: 10)
      Self.matrix(&box)
      box.append(zeros: 24)
      box.append(UInt32(2))
    }
  }

  /// The unity matrix.
  private static func matrix(_ box: inout BigEndianBytes) {
    for number: UInt32 in [0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000] {
      box.append(number)
    }
  }

  private func track(_ file: inout BigEndianBytes) {
    file.box("trak") { box in
      box.box("tkhd") { box in
        // Enabled and in the movie.
        box.append(UInt32(3))
        box.append(zeros: 8)
        box.append(UInt32(1))
        box.append(zeros: 8)
        box.append(zeros: 12)
        box.append(UInt16(0x0100))
        box.append(UInt16(0))
        Self.matrix(&box)
        box.append(zeros: 8)
      }
      box.box("mdia") { box in
        box.box("mdhd") { box in
          box.append(UInt32(0))
          box.append(zeros: 8)
          box.append(UInt32(sampleRate))
          box.append(UInt32(0))
          // The language "und", five bits a letter.
          box.append(UInt32(0x55C4_0000))
        }
        box.box("hdlr") { box in
          box.append(zeros: 8)
          box.append("soun")
          box.append(zeros: 13)
        }
        box.box("minf") { box in
          box.box("smhd") { $0.append(zeros: 8) }
          box.box("dinf") { box in
            box.box("dref") { box in
              box.append(UInt32(0))
              box.append(UInt32(1))
              box.box("url ") { $0.append(UInt32(1)) }
            }
          }
          sampleTable(&box)
        }
      }
    }
  }

  private func sampleTable(_ file: inout BigEndianBytes) {
    file.box("stbl") { box in
      box.box("stsd") { box in
        box.append(UInt32(0))
        box.append(UInt32(1))
        box.box("fLaC") { box in
          box.append(zeros: 6)
          box.append(UInt16(1))
          box.append(zeros: 8)
          box.append(UInt16(channelCount))
          box.append(UInt16(bits))
          box.append(UInt32(0))
          // 16.16; a rate that does not fit is told by STREAMINFO alone.
          box.append(UInt32(sampleRate < 1 << 16 ? sampleRate << 16 : 0))
          box.box("dfLa") { box in
            box.append(UInt32(0))
            streamInfo(&box)
          }
        }
      }
      for type: StaticString in ["stts", "stsc", "stco"] { box.box(type) { $0.append(zeros: 8) } }
      box.box("stsz") { $0.append(zeros: 12) }
    }
  }

  /// STREAMINFO (RFC 9639, section 8.2), the last metadata block; sizes, length and hash are unknown.
  private func streamInfo(_ box: inout BigEndianBytes) {
    box.append(UInt32(0x8000_0022))
    box.append(UInt16(blockFrames))
    box.append(UInt16(blockFrames))
    box.append(zeros: 6)
    box.append(
      UInt64(sampleRate) << 44 | UInt64(channelCount - 1) << 41 | UInt64(bits - 1) << 36)
    box.append(zeros: 16)
  }

  /// A segment.
  ///
  /// - Parameters:
  ///   - number: from 0.
  ///   - start: its first sample in the title.
  ///   - frames: its FLAC frames, one behind the other.
  ///   - sizes: their bytes and samples.
  /// - Returns: the boxes `moof` and `mdat`.
  func segment(
    _ number: Int, start: Int, frames: [UInt8], sizes: [(bytes: Int, samples: Int)]
  ) -> [UInt8] {
    var file = BigEndianBytes()
    var offset = 0
    file.box("moof") { box in
      box.box("mfhd") { box in
        box.append(UInt32(0))
        box.append(UInt32(number + 1))
      }
      box.box("traf") { box in
        box.box("tfhd") { box in
          // Offsets count from this moof.
          box.append(UInt32(0x0002_0000))
          box.append(UInt32(1))
        }
        box.box("tfdt") { box in
          box.append(UInt32(0x0100_0000))
          box.append(UInt64(start))
        }
        box.box("trun") { box in
          // An offset, and duration and size of every sample.
          box.append(UInt32(0x0000_0301))
          box.append(UInt32(sizes.count))
          offset = box.bytes.count
          box.append(UInt32(0))
          for size in sizes {
            box.append(UInt32(size.samples))
            box.append(UInt32(size.bytes))
          }
        }
      }
    }
    file.put(UInt32(file.bytes.count + 8), at: offset)
    file.box("mdat") { $0.append(contentsOf: frames) }
    return file.bytes
  }
}
