/// Makes a picture smaller, each new sample the mean of the area it covers.
enum AreaReduction {
  /// - Parameters:
  ///   - map: the picture.
  ///   - factor: the new size over the old one, at most 1.
  /// - Returns: the smaller picture.
  static func reduced(_ map: FloatMap, by factor: Float) -> FloatMap {
    reduced(map.values, map.width, map.height, by: factor)
  }

  /// - Parameters:
  ///   - plane: the picture.
  ///   - factor: the new size over the old one, at most 1.
  /// - Returns: the smaller picture.
  static func reduced(_ plane: LumaPlane, by factor: Float) -> FloatMap {
    plane.samples.withUnsafeBufferPointer { samples in
      guard let base = samples.baseAddress else { return FloatMap(plane) }
      return reduced(base, plane.width, plane.height, by: factor)
    }
  }

  private static func reduced(
    _ samples: UnsafePointer<Float>, _ oldWidth: Int, _ oldHeight: Int, by factor: Float
  ) -> FloatMap {
    let width = max(1, Int(Float(oldWidth) * factor))
    let height = max(1, Int(Float(oldHeight) * factor))
    let narrow = FloatMap(width: width, height: oldHeight)
    let across = spans(from: oldWidth, to: width)
    for y in 0..<oldHeight {
      let (row, out) = (samples + y * oldWidth, narrow.row(y))
      for x in 0..<width {
        let span = across[x]
        var sum = row[span.first] * span.firstWeight + row[span.last] * span.lastWeight
        var i = span.first + 1
        while i < span.last {
          sum += row[i] * span.weight
          i += 1
        }
        out[x] = sum
      }
    }
    let result = FloatMap(width: width, height: height)
    let down = spans(from: oldHeight, to: height)
    for y in 0..<height {
      let span = down[y]
      let out = result.row(y)
      let (first, last) = (narrow.row(span.first), narrow.row(span.last))
      for x in 0..<width { out[x] = first[x] * span.firstWeight + last[x] * span.lastWeight }
      var i = span.first + 1
      while i < span.last {
        let row = narrow.row(i)
        for x in 0..<width { out[x] += row[x] * span.weight }
        i += 1
      }
    }
    return result
  }

  /// The old samples that a new one covers; `first` and `last` differ.
  private struct Span {
    var first: Int
    var last: Int
    var firstWeight: Float
    var lastWeight: Float
    /// Of each of those between.
    var weight: Float
  }

  private static func spans(from: Int, to: Int) -> [Span] {
    let ratio = Double(from) / Double(to)
    return (0..<to).map { index in
      let (start, end) = (Double(index) * ratio, Double(index + 1) * ratio)
      let first = min(Int(start), from - 1)
      let last = min(Int(end), from - 1)
      let weight = Float(1 / ratio)
      if last == first {
        return Span(first: first, last: first, firstWeight: 1, lastWeight: 0, weight: weight)
      }
      return Span(
        first: first, last: last, firstWeight: Float((Double(first + 1) - start) / ratio),
        lastWeight: Float((end - Double(last)) / ratio), weight: weight)
    }
  }
}
