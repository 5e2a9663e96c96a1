import HomeServer
import HummingbirdCore
import NIOCore
import Outlets
import Synchronization

/// The bytes of a copy on their way to a player, decrypted piece by piece as it takes them.
struct CopyStream: Sendable {
  let item: ServedItem
  let served: ServedHolding
  let player: String
  let bytes: Range<Int64>
  let readAhead: Int64
  let server: PlayerResponder

  /// The bytes that are written at once: two chunks of the sealed file.
  private static let pieceSize: Int64 = 128 * 1024

  /// Why a stream breaks off.
  private enum Break: Error {
    case stopped, ended, short
  }

  /// Writes them.
  ///
  /// - Parameter writer: the connection, which takes its time.
  /// - Throws: when the connection, the holding or the server has ended.
  func write(to writer: inout any ResponseBodyWriter) async throws {
    let allocator = ByteBufferAllocator()
    var place = bytes.lowerBound
    while place < bytes.upperBound {
      await server.waitForTurn(served, player, readAhead)
      if server.isStopping.load(ordering: .relaxed) { throw Break.stopped }
      guard served.holding.isHeld else { throw Break.ended }
      // Up to the next border of pieces, so that whole chunks are decrypted in place.
      let end = min((place / Self.pieceSize + 1) * Self.pieceSize, bytes.upperBound)
      let count = Int(end - place)
      var buffer = allocator.buffer(capacity: count)
      let written = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { room in
        try item.file.read(at: place, into: UnsafeMutableRawBufferPointer(rebasing: room[..<count]))
      }
      guard written == count else { throw Break.short }
      do { try await writer.write(buffer) } catch {
        served.brokeOff(player, now: monotonicMilliseconds())
        throw error
      }
      served.delivered(
        item.times.milliseconds(of: place..<end), of: item.number, to: player,
        now: monotonicMilliseconds())
      place = end
    }
  }
}
