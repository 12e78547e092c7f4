// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/desktop/export/picture_file.h"
#include "app/desktop/export/snapshot_page.h"
#include "viewer/canvas/off_screen/snapshot.h"
#include "viewer/canvas/off_screen/view_drawer.h"
#include "viewer/slide/tile_cache.h"

namespace geneglass {

/// What a snapshot will take.
struct SnapshotCost {
  QSize pixels;            ///< with the caption
  double fileBytes = 0;    ///< an estimate, measured on stained tissue
  size_t memoryBytes = 0;  ///< at most, beside what the program takes anyway
};

/// A snapshot that is drawn from top to bottom in bands, each in pieces, so that neither its tiles nor its
/// pixels lie in memory all at once. Made, drawn and destroyed on the GUI thread.
class BandedSnapshot final {
 public:
  /// Errors: a format, a size or a region that cannot be; or the memory is too small for the smallest piece.
  static Result<std::shared_ptr<BandedSnapshot>> plan(const SnapshotRequest& request);

  const SnapshotPage& page() const { return m_page; }
  PictureFormat format() const { return m_format; }
  SnapshotCost cost() const;
  Result<std::unique_ptr<PictureFile>> createFile() const;  ///< never the slide itself. Any thread
  int bands() const;
  int pieces() const;  ///< of all bands

  const std::vector<SnapshotPage::Piece>& piecesOf(int band) const { return m_bands[size_t(band)]; }
  /// Reads the tiles of a piece. Any thread, while nothing else of this is called. Errors: cancelled, the
  /// slide is another one since.
  Result<void> read(const SnapshotPage::Piece& piece, std::stop_token stop);
  Result<void> draw(const SnapshotPage::Piece& piece);  ///< what was read, into its band
  /// The rows of a band whose pieces are drawn, with what lies over them. The next band's are another
  /// picture.
  QImage finish(int band);
  /// Once all is drawn: an error where there was no tile that could be read; else what is to be said of those
  /// that could not, a sentence, empty where all could.
  Result<std::string> verdict() const;

 private:
  BandedSnapshot(const SnapshotRequest& request, PictureFormat format);
  Result<void> choosePieces();
  size_t bytesFor(const QSize& piece) const;

  SnapshotRequest m_request;
  PictureFormat m_format;
  SnapshotPage m_page;
  size_t m_wholeBytes = 0;  ///< of all tiles in view
  int m_rows = 0;           ///< of a band but the last
  QSize m_piece;            ///< the largest
  std::vector<std::vector<SnapshotPage::Piece>> m_bands;
  std::shared_ptr<TileCache> m_tiles;
  std::unique_ptr<ViewDrawer> m_drawer;  ///< from the first piece on
  QImage m_band;                         ///< being drawn
  TilesRead m_read;
};

}  // namespace geneglass
