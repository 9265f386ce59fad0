;;; -*- lexical-binding: t; -*- What emacs.sh runs inside Emacs with lsp-mode. One line of output for each check.
(require 'package)
(package-initialize)
(require 'lsp-mode)
(require 'flymake)
(load (expand-file-name "emacs-checks.el" (file-name-directory load-file-name)) nil t)

(setq lsp-auto-guess-root t
      lsp-diagnostics-provider :flymake
      lsp-headerline-breadcrumb-enable nil
      lsp-restart 'ignore
      lsp-session-file (expand-file-name "lsp-session" (getenv "WORK")))

(defun wait-for-server ()
  (lsp)
  (wait-for "the server" (lambda () (and (lsp-workspaces) (eq 'initialized (lsp--workspace-status (car (lsp-workspaces))))))))

(find-file (expand-file-name "draft.md" (getenv "WORK")))

(check "lsp-mode: the server manages the draft" (wait-for-server))

(check "lsp-mode: findings come where they belong"
  (let ((line (progn (go-to (expected 'finding 'words)) (1- (line-number-at-pos)))))
    (holds (expected 'finding 'message)
           (wait-for "the finding"
                     (lambda ()
                       (let* ((all (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics t)))
                              (here (cl-remove-if-not (lambda (one) (= line (lsp-get (lsp-get (lsp-get one :range) :start) :line))) all))
                              (said (mapconcat (lambda (one) (lsp-get one :message)) here "\n")))
                         (and (string-search (expected 'finding 'words) said) said)))))))

(check "lsp-mode: a fix puts it right"
  (go-to (expected 'fix 'words))
  (let ((action (cl-find-if (lambda (action) (string-search (expected 'fix 'title) (lsp-get action :title)))
                            (lsp-code-actions-at-point))))
    (unless action (error "No fix names %s" (expected 'fix 'title)))
    (lsp-execute-code-action action)
    (wait-for "the change" (lambda () (string-search (expected 'fix 'becomes) (buffer-string))))))

(check-letter #'wait-for-server
              (lambda (params) (plist-get (plist-get (copydesk--plist (lsp-request "textDocument/hover" params)) :contents) :value)))
(check-commands)

(set-buffer-modified-p nil)
(kill-emacs (if failed 1 0))
