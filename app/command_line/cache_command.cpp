// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "app/command_line/command.h"
#include "inference/features/feature_store.h"
#include "viewer/slide/formats/pictures/pyramid_cache.h"

namespace geneglass {
namespace {

struct CacheCall {
  bool clear = false;
  bool json = false;
};

Outcome showCache(const CacheCall& asked) {
  const FeatureStore store;
  const PyramidCache pictures;
  if (asked.clear) {
    if (const Result<void> cleared = store.clear(); !cleared) return tl::unexpected(cleared.error());
    if (const Result<void> cleared = pictures.clear(); !cleared) return tl::unexpected(cleared.error());
  }
  const PyramidCache::Contents pyramids = pictures.contents();
  const FeatureStore::Contents contents = store.contents();
  constexpr double kMib = 1024 * 1024;
  if (asked.json)
    fmt::print("{}\n", nlohmann::json{{"folder", store.folder().string()},
                                      {"bags", contents.bags},
                                      {"bytes", contents.bytes},
                                      {"limit_bytes", store.limitInBytes()},
                                      {"pictures_folder", pictures.folder().string()},
                                      {"pictures", pyramids.pyramids},
                                      {"pictures_bytes", pyramids.bytes},
                                      {"pictures_limit_bytes", pictures.limitInBytes()}}
                           .dump(2));
  else if (store.folder().empty())
    fmt::print("{}\n", store.prepare().error().sentence);
  else
    fmt::print(
        "{}: features of {} slides, {:.1f} MiB of at most {:.0f}\n"
        "{}: {} pictures cut into tiles, {:.1f} MiB of at most {:.0f}\n",
        store.folder().string(), contents.bags, double(contents.bytes) / kMib,
        double(store.limitInBytes()) / kMib, pictures.folder().string(), pyramids.pyramids,
        double(pyramids.bytes) / kMib, double(pictures.limitInBytes()) / kMib);
  return {};
}

}  // namespace

void addCacheCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<CacheCall>();
  CLI::App* command = program.add_subcommand(
      "cache", "Shows where features of slides and pictures cut into tiles are kept, and how much they take");
  command->add_flag("--clear", asked->clear, "Removes them; they are made again when needed");
  command->add_flag("--json", asked->json, "One JSON object instead of text");
  command->callback([asked, &run] { run = [asked](std::stop_token) { return showCache(*asked); }; });
}

}  // namespace geneglass
