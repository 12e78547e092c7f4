// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark/bench_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace geneglass {
namespace {

using Json = nlohmann::ordered_json;

Json jsonOf(const ViewBenchmark& result) {
  return {{"threads", result.threads},
          {"software_driver", result.softwareDriver},
          {"views", result.views},
          {"tiles_wanted", result.tilesWanted},
          {"open_to_first_picture_ms", result.openToFirstPicture.percentile(50)},
          {"first_opening_sharp_ms", result.firstOpeningSharp},
          {"new_view_sharp_ms_p50", result.newViewSharp.percentile(50)},
          {"new_view_sharp_ms_p95", result.newViewSharp.percentile(95)},
          {"decode_same_tiles_ms_p50", result.decodeSameTiles.percentile(50)},
          {"frames", result.frames.milliseconds.size()},
          {"frame_ms_p50", result.frames.percentile(50)},
          {"frame_ms_p99", result.frames.percentile(99)},
          {"frame_without_uploads_ms_p50", result.framesWithoutUploads.percentile(50)},
          {"frame_without_uploads_ms_p99", result.framesWithoutUploads.percentile(99)},
          {"uploads_ms_p99", result.uploads.percentile(99)},
          {"frame_without_tiles_ms_p50", result.framesWithoutTiles.percentile(50)},
          {"frame_without_tiles_ms_p99", result.framesWithoutTiles.percentile(99)},
          {"tiles_read_panning", result.tilesRead},
          {"blank_frames", result.blankFrames},
          {"resident_mib", result.residentMib},
          {"budget_mib", result.budgetMib}};
}

std::string textOf(const ViewBenchmark& result) {
  std::string text =
      fmt::format("1920 x 1080 screen pixels, {} tile threads, {}\n", result.threads,
                  result.softwareDriver ? "drawn by the processor" : "drawn by the graphics card");
  text += fmt::format("open to first picture   {:8.1f} ms\n", result.openToFirstPicture.percentile(50));
  text += fmt::format("first opening to sharp  {:8.1f} ms\n", result.firstOpeningSharp);
  text += fmt::format("new view 95 % sharp     {:8.1f} ms, 95th percentile {:.1f} ms, of {} views\n",
                      result.newViewSharp.percentile(50), result.newViewSharp.percentile(95), result.views);
  text += fmt::format("  its tiles decoded only{:8.1f} ms\n", result.decodeSameTiles.percentile(50));
  text +=
      fmt::format("frame while panning     {:8.1f} ms, 99th percentile {:.1f} ms, of {} frames, {} blank\n",
                  result.frames.percentile(50), result.frames.percentile(99),
                  result.frames.milliseconds.size(), result.blankFrames);
  text += fmt::format("  where no tile came    {:8.1f} ms, 99th percentile {:.1f} ms\n",
                      result.framesWithoutUploads.percentile(50), result.framesWithoutUploads.percentile(99));
  text += fmt::format("  of it for uploads     {:8.1f} ms, 99th percentile {:.1f} ms\n",
                      result.uploads.percentile(50), result.uploads.percentile(99));
  text += fmt::format("  without its tiles     {:8.1f} ms\n", result.framesWithoutTiles.percentile(50));
  return text + fmt::format("resident memory         {:8.0f} MiB, of which tiles may take {:.0f}\n",
                            result.residentMib, result.budgetMib);
}

Json jsonOf(const ViewSoak& soak) {
  Json samples = Json::array();
  for (const SoakSample& sample : soak.samples) samples.push_back({sample.minutes, sample.residentMib});
  return {{"frames", soak.frames.milliseconds.size()},
          {"blank_frames", soak.blankFrames},
          {"tiles_read", soak.tilesRead},
          {"frame_ms_p50", soak.frames.percentile(50)},
          {"frame_ms_p99", soak.frames.percentile(99)},
          {"resident_mib_most", soak.mostMib},
          {"resident_mib_per_minute", soak.trendMibPerMinute},
          {"budget_mib", soak.budgetMib},
          {"resident_mib_at_minute", std::move(samples)}};
}

std::string textOf(const ViewSoak& soak) {
  std::string text = fmt::format("{} frames, {} blank, {} tiles read\n", soak.frames.milliseconds.size(),
                                 soak.blankFrames, soak.tilesRead);
  text += fmt::format("frame {:.1f} ms, 99th percentile {:.1f} ms\n", soak.frames.percentile(50),
                      soak.frames.percentile(99));
  return text + fmt::format(
                    "resident memory at most {:.0f} MiB, of which tiles may take {:.0f}; {:+.2f} MiB a "
                    "minute in the second half\n",
                    soak.mostMib, soak.budgetMib, soak.trendMibPerMinute);
}

Json jsonOf(const ViewWhilePredicting& result) {
  return {{"open_to_sharp_alone_ms_p50", result.openingAlone.percentile(50)},
          {"open_to_sharp_predicting_ms_p50", result.openingPredicting.percentile(50)},
          {"frames_alone", result.alone.milliseconds.size()},
          {"frame_alone_ms_p50", result.alone.percentile(50)},
          {"frame_alone_ms_p99", result.alone.percentile(99)},
          {"frames_predicting", result.predicting.milliseconds.size()},
          {"frame_predicting_ms_p50", result.predicting.percentile(50)},
          {"frame_predicting_ms_p99", result.predicting.percentile(99)},
          {"predicted_share", result.predictedShare},
          {"predictions", result.predictions},
          {"blank_frames", result.blankFrames}};
}

std::string textOf(const ViewWhilePredicting& result) {
  std::string text = fmt::format("open to sharp           {:8.1f} ms, and predicting {:.1f} ms\n",
                                 result.openingAlone.percentile(50), result.openingPredicting.percentile(50));
  text +=
      fmt::format("frame while panning     {:8.1f} ms, 99th percentile {:.1f} ms, of {} frames\n",
                  result.alone.percentile(50), result.alone.percentile(99), result.alone.milliseconds.size());
  text += fmt::format("  and predicting        {:8.1f} ms, 99th percentile {:.1f} ms, of {} frames\n",
                      result.predicting.percentile(50), result.predicting.percentile(99),
                      result.predicting.milliseconds.size());
  return text + fmt::format("a prediction ran in {:.0f} % of these, {} begun; {} frames blank\n",
                            100 * result.predictedShare, result.predictions, result.blankFrames);
}

Json jsonOf(const ViewUnderAnnotations& result) {
  return {{"polygons", result.polygons},
          {"make_set_ms", result.makeSet},
          {"frames_alone", result.alone.milliseconds.size()},
          {"frame_alone_ms_p50", result.alone.percentile(50)},
          {"frame_alone_ms_p99", result.alone.percentile(99)},
          {"frames_annotated", result.annotated.milliseconds.size()},
          {"frame_annotated_ms_p50", result.annotated.percentile(50)},
          {"frame_annotated_ms_p99", result.annotated.percentile(99)},
          {"pieces_p50", result.pieces.percentile(50)},
          {"pieces_most", result.pieces.percentile(100)},
          {"pictures_p50", result.pictures.percentile(50)},
          {"still_picture_ms", result.stillPicture.percentile(50)},
          {"edited_frame_ms_p50", result.editedFrames.percentile(50)},
          {"edited_frame_ms_p99", result.editedFrames.percentile(99)},
          {"pick_ms_p50", result.picks.percentile(50)},
          {"pick_ms_p99", result.picks.percentile(99)},
          {"edit_ms_p50", result.edits.percentile(50)},
          {"blank_frames", result.blankFrames}};
}

std::string textOf(const ViewUnderAnnotations& result) {
  std::string text =
      fmt::format("{} polygons             {:8.0f} ms to make them ready\n", result.polygons, result.makeSet);
  text += fmt::format("frame while panning     {:8.1f} ms, 99th percentile {:.1f} ms\n",
                      result.alone.percentile(50), result.alone.percentile(99));
  text += fmt::format(
      "  under them            {:8.1f} ms, 99th percentile {:.1f} ms, {:.0f} pieces, at most {:.0f}\n",
      result.annotated.percentile(50), result.annotated.percentile(99), result.pieces.percentile(50),
      result.pieces.percentile(100));
  text += fmt::format("  drawn from            {:8.0f} pictures; standing, as at rest after {:.0f} ms\n",
                      result.pictures.percentile(50), result.stillPicture.percentile(50));
  text += fmt::format("frame of an edit        {:8.1f} ms, 99th percentile {:.1f} ms\n",
                      result.editedFrames.percentile(50), result.editedFrames.percentile(99));
  return text + fmt::format(
                    "picking                 {:8.3f} ms, 99th percentile {:.3f} ms; an edit {:.1f} ms; {} "
                    "frames blank\n",
                    result.picks.percentile(50), result.picks.percentile(99), result.edits.percentile(50),
                    result.blankFrames);
}

template <typename Outcome>
Result<void> print(const Result<Outcome>& outcome, bool json) {
  if (!outcome) return tl::unexpected(outcome.error());
  fmt::print("{}", json ? jsonOf(*outcome).dump(2) + "\n" : textOf(*outcome));
  return {};
}

}  // namespace

Result<void> benchView(const ViewBenchmarkOptions& options, bool json) {
  if (options.annotations > 0) return print(viewUnderAnnotations(options), json);
  if (options.whilePredicting) return print(viewWhilePredicting(options), json);
  return options.soakMinutes ? print(soakViews(options), json) : print(measureViews(options), json);
}

}  // namespace geneglass
