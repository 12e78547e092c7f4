// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

struct ViewBenchmarkOptions {
  std::filesystem::path slide;
  double seconds = 10;                ///< of panning
  int threads = 0;                    ///< that read tiles; 0: all processors
  double extent = 0;                  ///< look only at so many level-0 pixels a side; 0: at all of the slide
  bool whilePredicting = false;       ///< pan instead, first alone, then while the slide is predicted
  int annotations = 0;                ///< pan instead, first alone, then under so many polygons
  std::optional<double> soakMinutes;  ///< pan for so long instead, and watch the memory
};

/// Many times in milliseconds.
struct Times {
  std::vector<double> milliseconds;
  double percentile(double percent) const;  ///< nearest rank; 0 of none
};

/// How the viewer's engine does on a slide, on a screen of 1920 x 1080: renderer, loader and cache as the
/// window has them, frame after frame as fast as they come, a panning view at most 60 a second.
struct ViewBenchmark {
  int threads = 0;
  bool softwareDriver = false;
  Times openToFirstPicture;      ///< from the file's name to a complete frame in which no part is blank
  double firstOpeningSharp = 0;  ///< milliseconds, from the first opening until the whole slide is sharp
  Times newViewSharp;     ///< from a jump to the complete frame that draws 95 % of the best level's tiles
  Times decodeSameTiles;  ///< the tiles of each of these views, by as many threads, and no drawing
  Times frames;           ///< of the panning view, while tiles are decoded
  Times framesWithoutUploads;  ///< those of `frames` for which no tile came
  Times uploads;               ///< the part of `frames` that uploads took
  Times framesWithoutTiles;    ///< the same views: planned and cleared, no tile uploaded or drawn
  int views = 0;               ///< jumps
  int64_t tilesWanted = 0;     ///< of the best level in all jumps together
  int64_t tilesRead = 0;       ///< while panning
  int blankFrames = 0;         ///< while panning: some visible part of the slide had no level
  double residentMib = 0;      ///< of the program, after panning
  double budgetMib = 0;        ///< what tile cache and textures may take of that
};

/// The program's memory over a long tour.
struct SoakSample {
  double minutes = 0;
  double residentMib = 0;
};
struct ViewSoak {
  std::vector<SoakSample> samples;
  double trendMibPerMinute = 0;  ///< least squares over the second half
  double mostMib = 0;
  double budgetMib = 0;
  Times frames;
  int64_t tilesRead = 0;
  int blankFrames = 0;
};

/// Opening a slide and panning over it, alone and while it is predicted with the shipped model on the same
/// processor.
struct ViewWhilePredicting {
  Times openingAlone;  ///< from the file's name to a frame in which all of the slide is sharp
  Times openingPredicting;
  Times alone;
  Times predicting;
  double predictedShare = 0;  ///< of the second pan's frames, so many had a prediction running
  int predictions = 0;        ///< begun: one after the other
  int blankFrames = 0;        ///< of both
};

/// Panning over a slide alone and under many polygons of 20 corners, spread evenly over it.
struct ViewUnderAnnotations {
  int polygons = 0;
  double makeSet = 0;  ///< milliseconds, from the polygons to a set that can be asked what lies where
  Times alone;         ///< frames
  Times annotated;
  Times pieces;        ///< drawn in a frame; counts, not milliseconds
  Times pictures;      ///< the same of pictures of many pieces
  Times stillPicture;  ///< from the pan's end until every line is drawn as at rest
  Times editedFrames;  ///< frames at rest that show one polygon moved
  Times picks;         ///< what lies under a point
  Times edits;         ///< one polygon moved: the new set, and what differs
  int blankFrames = 0;
};

/// Blocks. GUI thread. Errors: the slide cannot be opened, no OpenGL 3.3.
Result<ViewBenchmark> measureViews(const ViewBenchmarkOptions& options);
Result<ViewSoak> soakViews(const ViewBenchmarkOptions& options);

Result<ViewUnderAnnotations> viewUnderAnnotations(const ViewBenchmarkOptions& options);

/// Errors also: no model, a slide without a known pixel size.
Result<ViewWhilePredicting> viewWhilePredicting(const ViewBenchmarkOptions& options);

}  // namespace geneglass
