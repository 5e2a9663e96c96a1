import Synchronization

/// How many requests clients may still make: a bucket for each, that fills at a steady rate.
final class RequestBudget: Sendable {
  private struct Bucket {
    var level: Double
    var time: Int64
  }

  private let rate: Double
  private let burst: Double
  private let buckets = Mutex<[String: Bucket]>([:])

  /// The most clients that are remembered.
  private static let mostClients = 4096

  /// - Parameters:
  ///   - rate: requests a second in the long run.
  ///   - burst: requests at once.
  init(rate: Double, burst: Double) {
    self.rate = rate
    self.burst = burst
  }

  /// Takes a request out of a client's bucket.
  ///
  /// - Parameters:
  ///   - client: its address.
  ///   - now: the time in milliseconds.
  /// - Returns: whether there was one.
  func take(_ client: String, now: Int64) -> Bool {
    buckets.withLock { buckets in
      var bucket = buckets[client] ?? Bucket(level: burst, time: now)
      fill(&bucket, now)
      defer { buckets[client] = bucket }
      if buckets.count > Self.mostClients { forget(&buckets, now) }
      guard bucket.level >= 1 else { return false }
      bucket.level -= 1
      return true
    }
  }

  /// Whether there is one to take.
  func hasAny(_ client: String, now: Int64) -> Bool {
    buckets.withLock { buckets in
      guard var bucket = buckets[client] else { return true }
      fill(&bucket, now)
      return bucket.level >= 1
    }
  }

  private func fill(_ bucket: inout Bucket, _ now: Int64) {
    bucket.level = min(bucket.level + Double(max(now - bucket.time, 0)) * rate / 1000, burst)
    bucket.time = now
  }

  /// Forgets clients whose buckets are full again, else half of them.
  private func forget(_ buckets: inout [String: Bucket], _ now: Int64) {
    buckets = buckets.filter { _, bucket in
      bucket.level + Double(now - bucket.time) * rate / 1000 < burst
    }
    if buckets.count > Self.mostClients {
      for key in buckets.keys.prefix(Self.mostClients / 2) { buckets[key] = nil }
    }
  }
}
