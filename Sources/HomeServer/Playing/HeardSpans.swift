/// A part of a copy that the listener has.
struct HeardPart: Equatable {
  /// The copy, from 0.
  let item: Int
  var milliseconds: Range<Int64>
  /// How often the player had moved when it was written.
  let moves: Int
}

/// Which parts of a title lie in which bytes of the stream, so that what was taken out of the pipe is
/// known as time of the title.
struct HeardSpans {
  /// Parts, and how many bytes of the stream there are up to their ends.
  private var spans: [(part: HeardPart, end: Int64)] = []
  private var first = 0

  /// Notes what was written.
  ///
  /// - Parameters:
  ///   - part: the part.
  ///   - end: the bytes of the stream up to its end.
  mutating func append(_ part: HeardPart, end: Int64) { spans.append((part, end)) }

  /// Takes out what the listener has.
  ///
  /// - Parameter taken: the bytes of the stream that he has; a part that he has not as a whole stays.
  /// - Returns: the parts, those that follow each other as one.
  mutating func heard(taken: Int64) -> [HeardPart] {
    var result: [HeardPart] = []
    while first < spans.count, spans[first].end <= taken {
      let part = spans[first].part
      first += 1
      if let last = result.last, last.item == part.item, last.moves == part.moves,
        last.milliseconds.upperBound == part.milliseconds.lowerBound
      {
        result[result.count - 1].milliseconds =
          last.milliseconds.lowerBound..<part.milliseconds.upperBound
      } else {
        result.append(part)
      }
    }
    if first > 1024 {
      spans.removeFirst(first)
      first = 0
    }
    return result
  }
}
