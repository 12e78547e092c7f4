// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>

#include "app/desktop/session/slide_session.h"
#include "app/desktop/workplace/mailbox.h"
#include "inference/prediction/sharpened_maps.h"

namespace geneglass {

/// Views of a session's slide predicted anew, of tiles a quarter of a tile apart, to be laid over the map of
/// the whole; computed behind the window, from the middle of the view outward, in turn with the predictions
/// of slides. They end with the prediction they refine. GUI thread, which never waits for it.
class Sharpening final : public QObject {
  Q_OBJECT

 public:
  static constexpr double kStridesATile = 4;

  explicit Sharpening(SlideSession& session, QObject* parent = nullptr);  ///< which outlives it
  ~Sharpening() override;

  bool isPossible() const;  ///< there is a finished prediction with genes
  bool isRunning() const { return m_run != 0; }
  /// The tiles whose middle lies in the view, level-0 pixels. Takes the place of one that still runs: what it
  /// had is kept.
  void sharpen(const Rect& view);
  void cancel();  ///< what it had is kept

  const std::shared_ptr<const SharpenedMaps>& maps() const { return m_maps; }  ///< null: none yet

 Q_SIGNALS:
  void started();
  void progressed(const geneglass::Progress& progress);
  void changed();   ///< maps() are finer, or gone
  void finished();  ///< or cancelled
  void refused(const QString& sentence);

 private:
  void drop();
  void follow();
  void forget();
  void put(std::shared_ptr<const Prediction> part, bool again);
  void end(const Result<std::shared_ptr<const Prediction>>& part);

  SlideSession& m_session;
  const std::shared_ptr<Mailbox> m_mailbox;
  std::shared_ptr<const SharpenedMaps> m_maps;
  std::shared_ptr<const Prediction> m_refined;  ///< the session's, which m_maps refine
  int m_run = 0;                                ///< its number in the queue; 0: none
  int m_begun = 0;                              ///< counts them
  bool m_hasPart = false;                       ///< the last of m_maps is of the running one
};

}  // namespace geneglass
